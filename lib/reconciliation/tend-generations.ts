import "server-only";
import { type DueGeneration, leaseGenerations } from "@/db/queries/due-generations";
import { markAttemptUnknown } from "@/db/queries/generations";
import { failpoint } from "@/failpoint";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { dispatchGeneration } from "@/lib/generation/dispatch-generation";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { UpstreamError } from "@/lib/upstream/failure";
import { expire } from "./expire-overdue";
import { giveUp, isPoisonous } from "./give-up";
import { inParallel } from "./in-parallel";
import { resolveUnknown } from "./resolve-unknown";
import { storeSoon } from "./store-soon";

const BATCH = 32;

/** Looks at live generations that are due: sends, polls, resolves or ends them, by their state. */
export async function tendGenerations(services: Services): Promise<number> {
  const due = await leaseGenerations(services.db, { limit: BATCH, isStoring: false });
  const unknown = due.filter(({ state, isExpired }) => state === "unknown" && !isExpired);
  await Promise.all([
    inParallel(
      due.filter((generation) => !unknown.includes(generation)),
      { job: "tend_generations", width: 8 },
      (generation) => tend(services, generation),
    ),
    unknown.length > 0 ? resolveUnknown(services, unknown) : undefined,
  ]);
  return due.length;
}

async function tend(services: Services, generation: DueGeneration): Promise<void> {
  const { db } = services;
  const { id, state } = generation;
  if (generation.isExpired) {
    return expire(services, generation);
  }
  switch (state) {
    case "reserved":
      if (import.meta.failpoints) await failpoint("sweep.reserved");
      return isPoisonous(generation) ? giveUp(services, generation) : dispatchGeneration(services, id);
    case "dispatching":
      if (import.meta.failpoints) await failpoint("sweep.dispatching");
      // Whoever sent it died before the answer was written down.
      await markAttemptUnknown(db, {
        generationId: id,
        number: generation.openNumber ?? 0,
        detail: "no answer was recorded",
      });
      return;
    case "running":
      if (import.meta.failpoints) await failpoint("sweep.running");
      return poll(services, generation);
    case "unknown":
    case "storing":
    case "succeeded":
    case "failed":
    case "canceled":
      return;
  }
}

/** Asks how a prediction stands. Silence costs nothing: the next poll, a webhook or the deadline follows. */
async function poll(services: Services, generation: DueGeneration): Promise<void> {
  for (const { id, keyId } of generation.predictions) {
    try {
      const prediction = await services.gateway.getPrediction(id, keyId);
      if (prediction) {
        await applyAndFollow(services, { prediction, tokenHash: null, source: "poll" }, storeSoon);
      }
    } catch (error) {
      if (!(error instanceof UpstreamError)) {
        throw error;
      }
      log().warn({ generationId: generation.id, why: error.kind }, "generation.not_polled");
    }
  }
}
