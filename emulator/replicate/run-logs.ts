import type { PredictionRecord } from "../books/records.ts";

const STEPS_SHOWN = 8;

/** What the run has printed so far: the seed, then a progress line a step, as the open FLUX models print. */
export function logsOf(record: PredictionRecord, stage: PredictionRecord["stage"], nowMs: number): string {
  if (stage === "starting" || record.startedAtMs === null) {
    return "";
  }
  const planned = (record.outputsAtMs ?? record.startedAtMs + 60_000) - record.startedAtMs;
  const share = stage === "processing" ? (nowMs - record.startedAtMs) / Math.max(1, planned) : 1;
  const steps = Math.min(STEPS_SHOWN, Math.floor(share * STEPS_SHOWN));
  const lines = [`Using seed: ${record.seed}`];
  for (let step = 1; step <= steps; step += 1) {
    const percent = Math.round((100 * step) / STEPS_SHOWN);
    const bar = "█".repeat(step).padEnd(STEPS_SHOWN, " ");
    lines.push(`${String(percent).padStart(3, " ")}%|${bar}| ${step}/${STEPS_SHOWN}`);
  }
  return `${lines.join("\n")}\n`;
}
