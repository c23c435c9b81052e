import "server-only";
import { applyPrediction, type PredictionRef } from "@/db/queries/generations";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { UpstreamError } from "@/lib/upstream/failure";
import { announceChange } from "./feed";
import { storeOutputs } from "./store-outputs";

/**
 * Asks the upstream to stop a prediction and applies its answer. Returns whether it is over with: a failure is left to
 * the outbox, which asks again.
 */
export async function stopPrediction(services: Services, { id, keyId }: PredictionRef): Promise<boolean> {
  try {
    const prediction = await services.gateway.cancelPrediction(id, keyId);
    if (prediction === null) {
      return true;
    }
    const result = await applyPrediction(services.db, { prediction, tokenHash: null, source: "cancel" });
    if ("userId" in result) {
      announceChange(services, result.userId);
    }
    if (result.outcome === "store") {
      // The cancel came too late: the picture is theirs.
      await storeOutputs(services, result);
    }
    return prediction.status !== "starting" && prediction.status !== "processing";
  } catch (error) {
    if (error instanceof UpstreamError) {
      log().warn({ predictionId: id, why: error.kind }, "prediction.not_stopped");
      // A plain no (it has ended, or was never there) will stay a no. A cancel has no version, so a 422 is one, too.
      const isOver = error.rule.fault !== "operator" || error.kind === "provider_model_missing";
      return !error.rule.isRetryable && isOver;
    }
    throw error;
  }
}
