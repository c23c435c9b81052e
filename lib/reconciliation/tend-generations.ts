import "server-only";
import {
  type DueGeneration,
  expireGeneration,
  failGeneration,
  leaseDueGenerations,
  markAttemptUnknown,
} from "@/db/queries/generations";
import { failpoint } from "@/failpoint";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { dispatchGeneration } from "@/lib/generation/dispatch-generation";
import { announceChange } from "@/lib/generation/feed";
import { storeOutputs } from "@/lib/generation/store-outputs";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { UpstreamError } from "@/lib/upstream/failure";
import { inParallel } from "./in-parallel";
import { resolveUnknown } from "./resolve-unknown";

const BATCH = 32;
/** Looks that nobody came back from, at one that is to be sent or stored; more means the work itself kills its process. */
const WORK_TRIES_MAX = 5;

/** Looks at live generations that are due: sends, polls, stores, resolves or ends them, by their state. */
export async function tendGenerations(services: Services): Promise<number> {
  const due = await leaseDueGenerations(services.db, BATCH);
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
    if (import.meta.failpoints) await failpoint("sweep.expired");
    const result = await expireGeneration(db, id);
    if (result.outcome === "settled") {
      services.metrics.recordSettled(result.reason ?? "unknown");
      log().warn({ generationId: id, from: state, reason: result.reason }, "generation.expired");
      announceChange(services, result.userId);
    }
    return;
  }
  switch (state) {
    case "reserved":
      if (import.meta.failpoints) await failpoint("sweep.reserved");
      return generation.tries > WORK_TRIES_MAX
        ? giveUp(services, generation)
        : dispatchGeneration(services, id);
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
    case "storing":
      if (import.meta.failpoints) await failpoint("sweep.storing");
      if (generation.tries > WORK_TRIES_MAX) {
        return giveUp(services, generation);
      }
      return storeOutputs(services, {
        generationId: id,
        userId: generation.userId,
        outputs: generation.outputs ?? [],
        outputCount: generation.outputCount,
      });
    case "unknown":
    case "succeeded":
    case "failed":
    case "canceled":
      return;
  }
}

/** Ends one that nobody comes back from, with everything given back: the others must not wait for it. */
async function giveUp(services: Services, { id, userId, state, tries }: DueGeneration): Promise<void> {
  log().error({ generationId: id, state, isPaged: true }, "generation.poisonous");
  const result = await failGeneration(services.db, {
    generationId: id,
    from: state,
    cause: "sweep",
    reason: "internal",
    detail: `given up after ${tries} tries in ${state}`,
  });
  if (result.outcome === "settled") {
    services.metrics.recordSettled("internal");
    announceChange(services, userId);
  }
}

/** Asks how a prediction stands. Silence costs nothing: the next poll, a webhook or the deadline follows. */
async function poll(services: Services, generation: DueGeneration): Promise<void> {
  for (const { id, keyId } of generation.predictions) {
    try {
      const prediction = await services.gateway.getPrediction(id, keyId);
      if (prediction) {
        await applyAndFollow(services, { prediction, tokenHash: null, source: "poll" });
      }
    } catch (error) {
      if (!(error instanceof UpstreamError)) {
        throw error;
      }
      log().warn({ generationId: generation.id, why: error.kind }, "generation.not_polled");
    }
  }
}
