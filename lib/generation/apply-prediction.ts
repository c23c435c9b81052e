import "server-only";
import { type ApplyResult, applyPrediction, type PredictionSource } from "@/db/queries/generations";
import { failpoint } from "@/failpoint";
import { log } from "@/lib/logger";
import type { Prediction } from "@/lib/providers/replicate";
import type { Services } from "@/lib/services";
import { announceChange } from "./feed";
import { stopPrediction } from "./stop-prediction";
import { storeOutputs } from "./store-outputs";

export type PredictionWord = {
  prediction: Prediction;
  tokenHash: Buffer | null;
  source: PredictionSource;
  gatewayLogId?: string | null;
  webhookId?: string | null;
};

/**
 * Applies what the upstream says of a prediction and does what follows: pictures are stored, a late cancel is passed
 * on. Idempotent; the create's answer, webhooks, polls, listings and cancels all end here. By `store` a caller that has
 * others to look after leaves the storing to somebody else.
 */
export async function applyAndFollow(
  services: Services,
  word: PredictionWord,
  store: typeof storeOutputs = storeOutputs,
): Promise<ApplyResult> {
  if (import.meta.failpoints && word.source === "webhook") await failpoint("webhook.bound");
  const result = await applyPrediction(services.db, word);
  if (import.meta.failpoints && word.source === "webhook") await failpoint("webhook.done");
  log().debug(
    { outcome: result.outcome, source: word.source, predictionId: word.prediction.id },
    "prediction.applied",
  );
  switch (result.outcome) {
    case "running":
      announceChange(services, result.userId);
      if (result.cancel) {
        await stopPrediction(services, word.prediction);
      }
      break;
    case "store":
      announceChange(services, result.userId);
      await store(services, result);
      break;
    case "settled":
      announceChange(services, result.userId);
      services.metrics.recordSettled(result.reason ?? "unknown");
      log().info(
        { generationId: result.generationId, reason: result.reason, source: word.source },
        "generation.settled",
      );
      break;
    case "mismatch":
      log().warn({ generationId: result.generationId, source: word.source }, "prediction.mismatch");
      break;
    case "extra":
      noteExtra(services, word, result);
      break;
    case "already":
    case "late":
      if (result.outcome === "late" && result.isLeak) {
        services.metrics.recordLeak("late");
        log().warn(
          { generationId: result.generationId, predictionId: word.prediction.id },
          "prediction.late",
        );
      }
      if (
        word.prediction.status === "failed" &&
        (result.state === "storing" || result.state === "succeeded")
      ) {
        // The first of two terminal words has settled it; somebody should know that upstream said two things.
        log().warn(
          { generationId: result.generationId, state: result.state, source: word.source },
          "prediction.contradiction",
        );
      }
      break;
    case "not_ours":
      if (result.isNew !== undefined) {
        noteExtra(services, word, { isNew: result.isNew });
      }
      break;
  }
  return result;
}

/** The outbox stops it; each one may cost an extra run. */
function noteExtra(
  { metrics }: Pick<Services, "metrics">,
  { prediction, source }: PredictionWord,
  { isNew, generationId }: { isNew: boolean; generationId?: string },
): void {
  if (isNew) {
    metrics.recordLeak("extra");
  }
  log().warn({ generationId, predictionId: prediction.id, source }, "prediction.extra");
}
