import { setTimeout as sleep } from "node:timers/promises";

const PAUSE_MS = 25;

export type WaitOptions = {
  /** Completes "waited in vain for …". */
  what: string;
  /** When to give up; generous, as it is how long a failure takes and says nothing of how soon something must be. */
  timeoutMs?: number;
};

/**
 * Waits until the condition gives something other than undefined, null or false, and returns that. A condition that throws
 * counts as not met yet; the last error is the cause when time runs out.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 60_000 }: WaitOptions,
): Promise<Exclude<T, undefined | null | false>> {
  const deadlineMs = performance.now() + timeoutMs;
  let lastError: unknown;
  while (performance.now() < deadlineMs) {
    try {
      const result = await condition();
      if (isMet(result)) {
        return result;
      }
    } catch (error) {
      lastError = error;
    }
    await sleep(PAUSE_MS);
  }
  throw new Error(`waited in vain for ${what} (${timeoutMs} ms)`, { cause: lastError });
}

function isMet<T>(result: T): result is Exclude<T, undefined | null | false> {
  return result !== undefined && result !== null && result !== false;
}
