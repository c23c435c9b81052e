import { isRecord, parseJson } from "@/app/_data/json";
import { serverNowMs } from "@/app/_data/server-clock";
import type { Submit } from "@/app/_data/submit";
import { updateSubmit, useSubmits } from "@/app/_data/submit-store";
import { runSubmit } from "./run-submit";

/** For so long after the press a page that was reloaded sends it again by itself. */
const RESUME_MS_MAX = 60_000;

/**
 * Takes up submits of before a reload, as they were written down. What was just being sent is sent again with the same key, so
 * that it is one job whether or not the first request arrived. Older ones wait for a press.
 */
export function resumeKept(kept: string): void {
  const known = new Set(useSubmits.getState().submits.map(({ key }) => key));
  const fresh = readSubmits(parseJson(kept)).filter(
    ({ key, state }) => state !== "accepted" && !known.has(key),
  );
  useSubmits.setState(({ submits }) => ({ submits: [...submits, ...fresh] }));
  for (const submit of fresh) {
    const ageMs = serverNowMs() - Date.parse(submit.startedAt);
    if (submit.state === "sending" && ageMs < RESUME_MS_MAX) {
      void runSubmit(submit);
    } else {
      updateSubmit(submit.key, { state: "unanswered" });
    }
  }
}

/** As far as they can be read: an older version of the page may have written them. */
function readSubmits(value: unknown): Submit[] {
  return Array.isArray(value) ? value.filter(isSubmit) : [];
}

function isSubmit(value: unknown): value is Submit {
  return (
    isRecord(value) &&
    typeof value.key === "string" &&
    typeof value.width === "number" &&
    typeof value.height === "number" &&
    typeof value.startedAt === "string" &&
    (value.state === "sending" || value.state === "unanswered" || value.state === "accepted") &&
    isRecord(value.body) &&
    typeof value.body.inputPrompt === "string" &&
    typeof value.body.model === "string" &&
    typeof value.body.aspectRatio === "string" &&
    typeof value.body.numOutputs === "number"
  );
}
