import { after } from "next/server";
import { failpoint } from "@/failpoint";
import { GenerateRequest, type GenerateResponse, IdempotencyKey } from "@/lib/contracts/generate";
import { AppError } from "@/lib/errors";
import { dispatchGeneration } from "@/lib/generation/dispatch-generation";
import { startGeneration } from "@/lib/generation/start-generation";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { invalidRequest, route } from "@/lib/http/route";
import { getServices } from "@/lib/services";

const generate = route(
  { auth: "user", isFreshSession: true, body: GenerateRequest, isOpenWhilePaused: true },
  async ({ request, principal, services, body }) => {
    if (import.meta.failpoints) await failpoint("submit.parsed");
    const idempotencyKey = readIdempotencyKey(request);
    const result = await startGeneration(services, {
      userId: principal.userId,
      request: body,
      idempotencyKey,
    });
    if (import.meta.failpoints) await failpoint("submit.reserved");
    switch (result.kind) {
      case "started": {
        if (!result.isReplay) {
          after(async () => {
            if (import.meta.failpoints) await failpoint("submit.answered");
            await dispatchGeneration(getServices("background"), result.id);
          });
        }
        const { id, cost, balance } = result;
        return json({ id, status: "processing", cost, balance } satisfies GenerateResponse);
      }
      case "refused":
        throw invalidRequest(result.issues);
      case "account_closed":
        throw new AppError("unauthenticated", "the account was closed a moment ago");
      case "idempotency_conflict":
        throw new AppError("idempotency_conflict", "the key was used with another body");
      case "model_paused":
        throw new AppError("model_paused", "an operator paused the model", {
          publicMessage: result.sentence,
        });
      case "price_changed":
        throw new AppError("price_changed", "the caller knows another price", {
          publicMessage: `This costs ${result.cost} credits now.`,
        });
      case "upstream_unavailable":
        throw new AppError("upstream_unavailable", "the create circuit is open", {
          retryAfterSeconds: result.retryAfterSeconds,
        });
      case "rate_limited":
        throw new AppError("rate_limited", "no generate token", {
          retryAfterSeconds: result.retryAfterSeconds,
        });
      case "too_many_running":
        throw new AppError("too_many_running", "the live cap is reached", {
          publicMessage: `You already have ${result.liveMax} in the making. Wait for one to finish.`,
        });
      case "insufficient_credits":
        throw new AppError("insufficient_credits", "the balance is too low", {
          publicMessage: `This costs ${result.needed} credits; you have ${result.available}.`,
        });
      case "monthly_limit":
        throw new AppError("monthly_limit", "the month's pictures are used up", {
          publicMessage: `Free pictures left this month: ${result.remaining}. The next come on ${result.resetsAt.slice(0, 10)}.`,
        });
    }
  },
);

/** Starts a generation. The answer waits for PostgreSQL alone; the provider is called after it. */
export const POST: typeof generate = async (request, context) => {
  if (import.meta.failpoints) await failpoint("submit.arrived");
  return generate(request, context);
};

function readIdempotencyKey(request: Request): string | null {
  const header = request.headers.get("idempotency-key");
  if (header === null) {
    return null;
  }
  const parsed = IdempotencyKey.safeParse(header);
  if (!parsed.success) {
    throw invalidRequest([{ path: "Idempotency-Key", message: "must be 8 to 128 visible ASCII characters" }]);
  }
  return parsed.data;
}

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
