import type { PredictionRecord } from "../books/records.ts";

/** What can happen to a run by itself. */
export type Step = "process" | "output" | "end" | "deadline";

/** What happens next to a run, and when; undefined when nothing ever will. */
export function nextStep(record: PredictionRecord): { step: Step; atMs: number } | undefined {
  const steps: { step: Step; atMs: number | null }[] = [
    { step: "deadline", atMs: record.deadlineAtMs },
    { step: "process", atMs: record.stage === "starting" ? record.startsAtMs : null },
    { step: "output", atMs: record.stage === "processing" ? record.outputsAtMs : null },
    { step: "end", atMs: endsNow(record) ? record.endsAtMs : null },
  ];
  let next: { step: Step; atMs: number } | undefined;
  for (const { step, atMs } of steps) {
    if (atMs !== null && (next === undefined || atMs < next.atMs)) {
      next = { step, atMs };
    }
  }
  return next;
}

function endsNow(record: PredictionRecord): boolean {
  if (record.plannedPhase === "starting" || record.stage === "output") {
    return true;
  }
  return record.stage === "processing" && record.outputsAtMs === null;
}

/**
 * What a run costs, in images: those delivered, or those asked for when it was canceled while running
 * (Replicate charges these); nothing before the start, and nothing for a failure of a model priced by image.
 */
export function billedImages(record: PredictionRecord, status: string): number {
  if (status === "succeeded") {
    return record.outputCount;
  }
  return status === "canceled" && record.stage !== "starting" ? record.outputCount : 0;
}
