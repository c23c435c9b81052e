import type { Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import { gatewayError } from "./gateway-errors.ts";
import type { GatewayOptions } from "./request-options.ts";

/** The last answer, and how many calls it took. */
export interface Attempted {
  reply: Reply;
  attempts: number;
}

/**
 * Calls the provider up to so many times. A rate limit, a server error, a broken connection or no first
 * byte in time counts as failed; with several attempts the last one waits without limit (Cloudflare's
 * documentation). Each attempt that upstream accepted has happened: a create tried twice is two runs.
 */
export async function withRetries(
  world: World,
  options: GatewayOptions,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Reply>,
): Promise<Attempted> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= options.maxAttempts;
    const waitsForEver = isLast && options.maxAttempts > 1;
    const reply = await withTimeout(world, waitsForEver ? undefined : options.requestTimeoutMs, signal, run);
    if (isLast || !hasFailed(reply) || signal.aborted) {
      return { reply, attempts: attempt };
    }
    await world.clock.sleep(retryDelayMs(options, attempt), signal);
  }
}

/** The pause after the n-th attempt, counted from 1. */
export function retryDelayMs(options: { retryDelayMs: number; backoff: string }, attempt: number): number {
  switch (options.backoff) {
    case "linear":
      return options.retryDelayMs * attempt;
    case "exponential":
      return options.retryDelayMs * 2 ** (attempt - 1);
    default:
      return options.retryDelayMs;
  }
}

function hasFailed(reply: Reply): boolean {
  const isBroken = reply.transport?.kind === "reset" || reply.transport?.kind === "silence";
  return isBroken || reply.status === 429 || reply.status >= 500;
}

async function withTimeout(
  world: World,
  timeoutMs: number | undefined,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Reply>,
): Promise<Reply> {
  if (timeoutMs === undefined) {
    return run(signal);
  }
  const deadline = new AbortController();
  const timedOut = async (): Promise<Reply> => {
    await world.clock.sleep(timeoutMs, AbortSignal.any([deadline.signal, signal]));
    return gatewayError("no-answer", {
      status: world.settings.gateway.requestTimeoutStatus,
      message: "The provider did not answer within the request timeout",
    });
  };
  // What the provider does after the time-out still happens; only its answer is lost.
  const answered = async (): Promise<Reply> => {
    const reply = await run(signal);
    return reply.transport?.kind === "silence" ? timedOut() : reply;
  };
  const reply = await Promise.race([answered(), timedOut()]);
  deadline.abort();
  return reply;
}
