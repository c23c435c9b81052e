import type { Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import { matchesPattern } from "../scenarios/pattern.ts";
import { gatewayError } from "./gateway-errors.ts";

interface Spent {
  atMs: number;
  amount: number;
}

/** Amounts over a window of time: a fixed one begins anew at its end, a sliding one forgets bit by bit. */
class Window {
  #entries: Spent[] = [];

  sum(nowMs: number, windowMs: number, technique: string): number {
    const sinceMs = technique === "sliding" ? nowMs - windowMs : Math.floor(nowMs / windowMs) * windowMs;
    this.#entries = this.#entries.filter(({ atMs }) => atMs >= sinceMs);
    return this.#entries.reduce((sum, { amount }) => sum + amount, 0);
  }

  add(atMs: number, amount: number): void {
    this.#entries.push({ atMs, amount });
  }
}

/** The gateway's rate limit and spend limit; a request over either is refused and never forwarded. */
export class GatewayLimits {
  readonly #world: World;
  readonly #requests = new Map<string, Window>();
  readonly #spending = new Map<string, Window>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Counts a request; the 429 to answer with when there were too many. */
  takeRequest(gateway: string): Reply | undefined {
    const { requests, intervalSeconds, technique } = this.#world.settings.gateway.rateLimit;
    if (requests === 0) {
      return undefined;
    }
    const window = windowOf(this.#requests, gateway);
    const nowMs = this.#world.clock.nowMs();
    if (window.sum(nowMs, intervalSeconds * 1000, technique) >= requests) {
      return gatewayError("rate-limited");
    }
    window.add(nowMs, 1);
    return undefined;
  }

  /** The 429 of a rule that is used up; the message names the rule as upstream's does. */
  checkSpending(gateway: string, provider: string, model: string): Reply | undefined {
    const rule = this.#world.settings.gateway.spendLimit;
    if (rule.dollars === 0 || !this.#isCovered(provider, model)) {
      return undefined;
    }
    const spent = windowOf(this.#spending, gateway).sum(
      this.#world.clock.nowMs(),
      rule.windowSeconds * 1000,
      rule.technique,
    );
    return spent < rule.dollars
      ? undefined
      : gatewayError("spend-limit", {
          message: `Spend limit exceeded: rule '5e7f1b6b' (cost limit ${rule.dollars} per ${rule.windowSeconds}s, ${rule.technique}) for ${provider} ${model}`,
        });
  }

  /** Adds what a call cost. */
  spend(gateway: string, provider: string, model: string, usd: number): void {
    if (usd > 0 && this.#isCovered(provider, model)) {
      windowOf(this.#spending, gateway).add(this.#world.clock.nowMs(), usd);
    }
  }

  /** Begins every window anew. */
  clear(): void {
    this.#requests.clear();
    this.#spending.clear();
  }

  #isCovered(provider: string, model: string): boolean {
    const rule = this.#world.settings.gateway.spendLimit;
    return matchesPattern(rule.provider, provider) && matchesPattern(rule.model, model);
  }
}

function windowOf(windows: Map<string, Window>, gateway: string): Window {
  const window = windows.get(gateway) ?? new Window();
  windows.set(gateway, window);
  return window;
}
