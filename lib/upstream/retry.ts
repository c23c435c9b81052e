import "server-only";
import { UpstreamError } from "./failure";
import type { RetryBudget } from "./retry-budget";

export type RetryPolicy = {
  /** Tries in all, the first included. */
  triesMax: number;
  /** First wait's upper bound, milliseconds; doubles with each try. */
  baseMs: number;
  capMs: number;
  /** From the first send to the last byte, all tries and waits included, milliseconds. */
  totalMs: number;
};

/** Reads and text are safe to repeat; the sweeper is the retry of last resort, so these stay short. */
export const READ_POLICY: RetryPolicy = { triesMax: 4, baseMs: 500, capMs: 30_000, totalMs: 5_000 };
export const TEXT_POLICY: RetryPolicy = { triesMax: 4, baseMs: 300, capMs: 2_000, totalMs: 6_000 };
/** Creates are repeated only when the request certainly never left this machine. */
export const CREATE_POLICY: RetryPolicy = { triesMax: 3, baseMs: 500, capMs: 2_000, totalMs: 15_000 };

export type RetryPorts = {
  nowMs: () => number;
  /** From 0 to 1. */
  random: () => number;
  /** Waits; rejects when the signal aborts. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

export type Attempt<T> = (context: { number: number; signal: AbortSignal }) => Promise<T>;

/**
 * The one retry loop: full jitter, the upstream's own advice, one total deadline that also bounds each try, by a signal
 * that aborts then. Throws the last UpstreamError.
 */
export async function withRetries<T>(
  ports: RetryPorts,
  policy: RetryPolicy,
  options: {
    /** Aborts at the deadline, or when the caller gives up. */
    signal: AbortSignal;
    mayRetry: (error: UpstreamError) => boolean;
    /** Shared by all calls to one upstream; an empty one makes failures final. */
    budget: RetryBudget;
  },
  attempt: Attempt<T>,
): Promise<T> {
  const deadlineMs = ports.nowMs() + policy.totalMs;
  const { signal } = options;
  for (let number = 1; ; number++) {
    try {
      const value = await attempt({ number, signal });
      options.budget.recordSuccess();
      return value;
    } catch (error) {
      if (!(error instanceof UpstreamError) || number >= policy.triesMax || !options.mayRetry(error)) {
        throw error;
      }
      const waitMs = delayMs(ports, policy, number, error.facts.retryAfterMs);
      const isInTime = !signal.aborted && ports.nowMs() + waitMs < deadlineMs;
      if (!isInTime || !options.budget.trySpend({ wasTimeout: error.kind === "timeout" })) {
        throw error;
      }
      // A wait that is cut short by the caller or the deadline rejects; what went wrong before it is the answer.
      await ports.sleep(waitMs, signal).catch(() => {});
      if (signal.aborted) {
        throw error;
      }
    }
  }
}

/** `random(0, min(cap, base * 2^n))`; with advice, the advice plus up to one base of jitter. Milliseconds. */
export function delayMs(
  ports: Pick<RetryPorts, "random">,
  policy: Pick<RetryPolicy, "baseMs" | "capMs">,
  tryNumber: number,
  adviceMs: number | undefined,
): number {
  if (adviceMs !== undefined) {
    return adviceMs + ports.random() * policy.baseMs;
  }
  return ports.random() * Math.min(policy.capMs, policy.baseMs * 2 ** (tryNumber - 1));
}
