import "server-only";

/** Advice beyond this is a mistake or a daily quota: waiting does not help within a generation's life. */
const ADVICE_MS_MAX = 600_000;

function clampAdvice(milliseconds: number): number | undefined {
  return Number.isFinite(milliseconds) && milliseconds >= 0 && milliseconds <= ADVICE_MS_MAX
    ? milliseconds
    : undefined;
}

/** `Mon, 23 Nov 2026 10:00:20 GMT`. Date.parse alone also makes a date of `-5`. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;

/**
 * The `Retry-After` header: seconds, or an HTTP date. `nowMs` is the wall clock's, as dates are. Milliseconds to wait;
 * undefined when unusable.
 */
export function parseRetryAfterHeader(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) {
    return clampAdvice(Number(value) * 1000);
  }
  const dateMs = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : clampAdvice(Math.max(0, dateMs - nowMs));
}

/** A protobuf duration such as `26s` or `1.5s` (Google's RetryInfo.retryDelay). */
export function parseDuration(value: string | undefined): number | undefined {
  const match = value === undefined ? null : /^(\d+(?:\.\d+)?)s$/.exec(value);
  return match ? clampAdvice(Number(match[1]) * 1000) : undefined;
}

/** The wait that is in the sentence only: "… resets in ~30s." of Replicate, "Please retry in 47.17s." of Google (observed). */
export function parseResetSentence(sentence: string | undefined): number | undefined {
  const match = sentence === undefined ? null : /(?:resets?|retry) in ~?(\d+(?:\.\d+)?)\s?s/i.exec(sentence);
  return match ? clampAdvice(Number(match[1]) * 1000) : undefined;
}

/** Seconds as a number in a body (Replicate's `retry_after`). */
export function parseSeconds(value: unknown): number | undefined {
  return typeof value === "number" ? clampAdvice(value * 1000) : undefined;
}
