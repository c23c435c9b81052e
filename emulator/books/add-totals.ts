import type { CallRecord, DeliveryRecord, FileRecord, PredictionRecord, Totals } from "./records.ts";

/** Adds what changed between two versions of a prediction; the earlier one is undefined for a new prediction. */
export function addPrediction(
  totals: Totals,
  earlier: PredictionRecord | undefined,
  later: PredictionRecord,
): void {
  totals.predictions += earlier === undefined ? 1 : 0;
  if (later.stage === "ended" && earlier?.stage !== "ended") {
    switch (later.status) {
      case "succeeded":
      case "failed":
      case "canceled":
      case "aborted":
        totals[later.status] += 1;
        break;
      default:
        totals.otherEnds += 1;
    }
  }
  const images = later.billedImages - (earlier?.billedImages ?? 0);
  totals.billedImages += images;
  totals.billedRuns += images > 0 ? 1 : 0;
  totals.billedUsd += later.billedUsd - (earlier?.billedUsd ?? 0);
}

/** Adds what changed between two versions of a delivery. */
export function addDelivery(
  totals: Totals,
  earlier: DeliveryRecord | undefined,
  later: DeliveryRecord,
): void {
  totals.deliveries += earlier === undefined ? 1 : 0;
  totals.deliveryTries += later.tries.length - (earlier?.tries.length ?? 0);
  totals.delivered += later.state === "delivered" && earlier?.state !== "delivered" ? 1 : 0;
}

/** Adds a call. */
export function addCall(totals: Totals, call: CallRecord): void {
  totals.calls += 1;
  totals.errors += call.status >= 400 || call.outcome !== "answered" ? 1 : 0;
  totals.cacheHits += call.cacheStatus === "HIT" ? 1 : 0;
  totals.gatewayCostUsd += call.costUsd;
  totals.geminiCalls += call.operation.startsWith("gemini.") ? 1 : 0;
  totals.tokensIn += call.tokensIn;
  totals.tokensOut += call.tokensOut;
}

/** Adds a download. */
export function addFile(totals: Totals, file: FileRecord): void {
  totals.filesServed += 1;
  totals.fileBytes += file.bytes;
}
