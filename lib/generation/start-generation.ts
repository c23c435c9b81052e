import "server-only";
import { createHash } from "node:crypto";
import { reserveGeneration } from "@/db/queries/generations";
import { failpoint } from "@/failpoint";
import type { GenerateRequest } from "@/lib/contracts/generate";
import type { Issue } from "@/lib/errors";
import { REFERENCE_HOURS } from "@/lib/references/keep-reference";
import type { Services } from "@/lib/services";
import { planGeneration } from "./plan-generation";

/** How many generations of one person may be under way at once. */
const LIVE_MAX = 4;

export type StartResult =
  | { kind: "started"; id: string; cost: number; balance: number; isReplay: boolean }
  | { kind: "refused"; issues: Issue[] }
  | { kind: "account_closed" }
  | { kind: "idempotency_conflict" }
  | { kind: "model_paused"; sentence: string }
  | { kind: "price_changed"; cost: number }
  | { kind: "upstream_unavailable"; retryAfterSeconds: number }
  | { kind: "rate_limited"; retryAfterSeconds: number }
  | { kind: "too_many_running"; liveMax: number }
  | { kind: "insufficient_credits"; needed: number; available: number }
  | { kind: "monthly_limit"; remaining: number; resetsAt: string };

/**
 * A submit: checked against the catalogue, then generation and hold in one statement. Waits for PostgreSQL alone; the
 * caller dispatches after its answer, and the sweeper does when that process dies first.
 */
export async function startGeneration(
  { db, policy, gateway }: Pick<Services, "db" | "policy" | "gateway">,
  {
    userId,
    request,
    idempotencyKey,
  }: { userId: string; request: GenerateRequest; idempotencyKey: string | null },
): Promise<StartResult> {
  const plan = planGeneration(request);
  if (plan.kind === "refused") {
    return plan;
  }
  if (import.meta.failpoints) await failpoint("submit.admitted");
  const rate = policy.rateLimits.generate;
  const isFree = plan.request.unit === "picture";
  const result = await reserveGeneration(db, {
    userId,
    // Without a key of the caller's, the new id is one: a statement whose answer was lost is repeated under it.
    idempotencyKey: idempotencyKey ?? `auto:${plan.request.id}`,
    requestHash: createHash("sha256").update(JSON.stringify(request)).digest(),
    request: plan.request,
    policy: {
      signupCredits: policy.signupCredits,
      freeMonthlyLimit: policy.freeMonthlyLimit,
      liveMax: LIVE_MAX,
      deadlineSeconds: policy.generationDeadlineSeconds,
      // The free model has a bucket of its own, so that trying it out does not eat the paid ones' allowance.
      rateKey: `${isFree ? "generate-free" : "generate"}:${userId}`,
      rateCount: rate.count,
      rateSeconds: rate.seconds,
      referenceHours: REFERENCE_HOURS,
      // Judged behind the key: refused here, the repeat of a submit whose answer was lost would be taken for a no.
      createWaitSeconds: Math.ceil(gateway.createWaitMs() / 1000),
    },
  });
  switch (result.outcome) {
    case "reserved":
    case "replayed":
      return {
        kind: "started",
        id: result.id,
        cost: result.cost,
        balance: result.balance,
        isReplay: result.outcome === "replayed",
      };
    case "account_closed":
      return { kind: "account_closed" };
    case "idempotency_conflict":
      return { kind: "idempotency_conflict" };
    case "model_paused":
      return { kind: "model_paused", sentence: result.sentence };
    case "upstream_unavailable":
      return { kind: "upstream_unavailable", retryAfterSeconds: result.retryAfterSeconds };
    case "price_changed":
      return { kind: "price_changed", cost: result.cost };
    case "reference_gone":
      return {
        kind: "refused",
        issues: [{ path: "inputImageId", message: "is no reference picture of yours, or none any more" }],
      };
    case "rate_limited":
      return { kind: "rate_limited", retryAfterSeconds: result.retryAfterSeconds };
    case "too_many_running":
      return { kind: "too_many_running", liveMax: result.liveMax };
    case "insufficient_credits":
      return { kind: "insufficient_credits", needed: result.needed, available: result.available };
    case "monthly_limit":
      return { kind: "monthly_limit", remaining: result.remaining, resetsAt: result.resetsAt };
  }
}
