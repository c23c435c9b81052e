import type { Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import { throttled } from "./errors.ts";

/** The three budgets seen in recorded ratelimit-remaining headers: creates, reads of one prediction, the rest. */
export type Budget = "create" | "read" | "other";

const WINDOW_MS = 60_000;
// 59,999 were left after one read in the recordings.
const READS_PER_MINUTE = 60_000;
// Below five dollars: six a minute, one at a time (observed).
const LOW_CREDIT_INTERVAL_MS = 10_000;

/** Counts requests by the minute, and holds an account of little credit to one create in ten seconds. */
export class Throttle {
  readonly #world: World;
  readonly #windows = new Map<Budget, { startMs: number; used: number }>();
  #lowCreditFreeAtMs = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes one request from a budget: the headers to add, or the 429 to answer with. */
  take(
    budget: Budget,
  ): { kind: "taken"; headers: Record<string, string> } | { kind: "refused"; reply: Reply } {
    const { replicate } = this.#world.settings;
    const nowMs = this.#world.clock.nowMs();
    if (budget === "create" && replicate.hasLowCredit) {
      const waitMs = this.#lowCreditFreeAtMs - nowMs;
      if (waitMs > 0) {
        return this.#refuse(waitMs / 1000, true);
      }
      this.#lowCreditFreeAtMs = nowMs + LOW_CREDIT_INTERVAL_MS;
    }
    const window = this.#window(budget, nowMs);
    const resetSeconds = (window.startMs + WINDOW_MS - nowMs) / 1000;
    const limit = this.#limit(budget);
    if (window.used >= limit) {
      return this.#refuse(resetSeconds, false);
    }
    window.used += 1;
    return {
      kind: "taken",
      headers: {
        "ratelimit-remaining": String(limit - window.used),
        "ratelimit-reset": String(Math.ceil(resetSeconds)),
      },
    };
  }

  #window(budget: Budget, nowMs: number): { startMs: number; used: number } {
    const current = this.#windows.get(budget);
    if (current !== undefined && nowMs - current.startMs < WINDOW_MS) {
      return current;
    }
    const fresh = { startMs: nowMs, used: 0 };
    this.#windows.set(budget, fresh);
    return fresh;
  }

  #limit(budget: Budget): number {
    const { createsPerMinute, othersPerMinute } = this.#world.settings.replicate;
    return { create: createsPerMinute, other: othersPerMinute, read: READS_PER_MINUTE }[budget];
  }

  #refuse(resetSeconds: number, isLowCredit: boolean): { kind: "refused"; reply: Reply } {
    const hasHeader = this.#world.settings.replicate.sendsRetryAfter;
    return { kind: "refused", reply: throttled({ resetSeconds, hasHeader, isLowCredit }) };
  }
}
