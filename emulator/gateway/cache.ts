import { createHash } from "node:crypto";
import type { Exchange } from "../core/exchange.ts";
import type { Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import type { GatewayOptions } from "./request-options.ts";

/** What a kept answer was an answer to, for the row of the call that gets it. */
export interface KeptReply {
  reply: Reply;
  operation: Exchange["operation"];
  model: string;
}

interface Entry extends KeptReply {
  storedAtMs: number;
  expiresAtMs: number;
}

/** What a cache key is made of besides the gateway it belongs to. */
export interface CacheSubject {
  scope: string;
  provider: string;
  method: string;
  path: string;
  query: string;
  authorization: string;
  body: Buffer;
}

// Cloudflare's documentation: answers of up to 25 MB are cached.
const REPLY_BYTES_MAX = 25 * 1024 * 1024;
const ENTRIES_MAX = 2000;

/**
 * The gateway's cache. Keyed by provider, address, provider key and body (Cloudflare's documentation);
 * who the end user is plays no part. A `cf-aig-cache-key` replaces all of that, body included. No
 * exemption is documented for creates, so a create is cached like anything else.
 */
export class GatewayCache {
  readonly #world: World;
  readonly #entries = new Map<string, Entry>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The kept answer, or undefined. */
  find(subject: CacheSubject, options: GatewayOptions): KeptReply | undefined {
    if (!this.#isCacheable(subject, options)) {
      return undefined;
    }
    const entry = this.#entries.get(keyOf(subject, options));
    if (entry === undefined || entry.expiresAtMs <= this.#world.clock.nowMs()) {
      return undefined;
    }
    const ageSeconds = Math.floor((this.#world.clock.nowMs() - entry.storedAtMs) / 1000);
    return {
      ...entry,
      reply: { ...entry.reply, headers: { ...entry.reply.headers, age: String(ageSeconds) } },
    };
  }

  /** Keeps an answer, unless it is streamed, too large, broken, or an error. */
  store(subject: CacheSubject, options: GatewayOptions, kept: KeptReply): void {
    const { reply } = kept;
    const { cache } = this.#world.settings.gateway;
    const isGood = cache.holdsErrors || (reply.status >= 200 && reply.status < 300);
    const isWhole = reply.stream === undefined && (reply.transport?.kind ?? "whole") === "whole";
    if (!this.#isCacheable(subject, options) || !isGood || !isWhole || reply.body.length > REPLY_BYTES_MAX) {
      return;
    }
    const storedAtMs = this.#world.clock.nowMs();
    const expiresAtMs = storedAtMs + (options.cacheTtlSeconds ?? 0) * 1000;
    this.#entries.set(keyOf(subject, options), { ...kept, storedAtMs, expiresAtMs });
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > ENTRIES_MAX && oldest !== undefined) {
      this.#entries.delete(oldest);
    }
  }

  /** Forgets everything; upstream's cache is volatile too. */
  clear(): void {
    this.#entries.clear();
  }

  #isCacheable(subject: CacheSubject, options: GatewayOptions): boolean {
    const holdsMethod = subject.method !== "GET" || this.#world.settings.gateway.cache.holdsGets;
    return options.cacheTtlSeconds !== undefined && !options.skipsCache && holdsMethod;
  }
}

function keyOf(subject: CacheSubject, options: GatewayOptions): string {
  const { scope, provider, method, path, query, authorization, body } = subject;
  const hash = createHash("sha256").update(scope);
  if (options.cacheKey !== undefined) {
    return hash.update(`\u0000key\u0000${options.cacheKey}`).digest("hex");
  }
  return hash
    .update([provider, method, path, query, authorization, ""].join("\u0000"))
    .update(body)
    .digest("hex");
}
