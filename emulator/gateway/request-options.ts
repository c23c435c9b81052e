import { isJsonObject, type JsonObject, numberField, parseJson } from "../core/json.ts";
import { bearerToken } from "../core/request.ts";
import type { Settings } from "../core/settings.ts";

/** What a request asks of the gateway, its headers already joined with the gateway's settings. */
export interface GatewayOptions {
  token: string | undefined;
  skipsCache: boolean;
  /** Seconds an answer may be kept; undefined when caching is off for this request. */
  cacheTtlSeconds: number | undefined;
  cacheKey: string | undefined;
  maxAttempts: number;
  retryDelayMs: number;
  backoff: string;
  requestTimeoutMs: number | undefined;
  metadata: JsonObject;
  isCollected: boolean;
  customCost: JsonObject | undefined;
  eventId: string | undefined;
  byokAlias: string | undefined;
  /** What the client sent that the gateway silently cut or dropped. */
  warnings: string[];
}

// Cloudflare's documentation: five entries, five attempts, five seconds, a minute to a month.
const METADATA_ENTRIES_MAX = 5;
const ATTEMPTS_MAX = 5;
const RETRY_DELAY_MS_MAX = 5000;
const CACHE_TTL_SECONDS_MIN = 60;
const CACHE_TTL_SECONDS_MAX = 30 * 24 * 60 * 60;
// A cache key lives five minutes when the gateway's own caching is off.
const KEYED_TTL_SECONDS = 300;
const BACKOFFS: readonly string[] = ["constant", "linear", "exponential"];

/** Reads the cf-aig-* headers; a request header wins over the gateway's setting. */
export function readOptions(
  headers: ReadonlyMap<string, string>,
  settings: Settings["gateway"],
): GatewayOptions {
  const warnings: string[] = [];
  const backoff = headers.get("cf-aig-backoff");
  if (backoff !== undefined && !BACKOFFS.includes(backoff)) {
    warnings.push(`cf-aig-backoff is none of ${BACKOFFS.join(", ")}`);
  }
  const attempts = limited(headers, "cf-aig-max-attempts", { min: 1, max: ATTEMPTS_MAX }, warnings);
  const delayMs = limited(headers, "cf-aig-retry-delay", { min: 0, max: RETRY_DELAY_MS_MAX }, warnings);
  const timeoutMs = limited(headers, "cf-aig-request-timeout", { min: 1, max: 86_400_000 }, warnings);
  const cacheKey = headers.get("cf-aig-cache-key");
  return {
    token: bearerToken(headers.get("cf-aig-authorization")),
    skipsCache: isTrue(headers.get("cf-aig-skip-cache") ?? headers.get("cf-skip-cache")),
    cacheTtlSeconds: cacheTtl(headers, settings, cacheKey !== undefined, warnings),
    cacheKey,
    maxAttempts: attempts ?? Math.max(1, settings.retries.maxAttempts),
    retryDelayMs: delayMs ?? settings.retries.delayMs,
    backoff: backoff !== undefined && BACKOFFS.includes(backoff) ? backoff : settings.retries.backoff,
    requestTimeoutMs: timeoutMs,
    metadata: readMetadata(headers.get("cf-aig-metadata"), warnings),
    isCollected: headers.has("cf-aig-collect-log")
      ? isTrue(headers.get("cf-aig-collect-log"))
      : settings.logs.isOn,
    customCost: readObject(headers, "cf-aig-custom-cost", warnings),
    eventId: headers.get("cf-aig-event-id"),
    byokAlias: headers.get("cf-aig-byok-alias"),
    warnings,
  };
}

function isTrue(value: string | undefined): boolean {
  return value?.trim().toLowerCase() === "true";
}

function limited(
  headers: ReadonlyMap<string, string>,
  name: string,
  bounds: { min: number; max: number },
  warnings: string[],
): number | undefined {
  const text = headers.get(name);
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (!Number.isInteger(value)) {
    warnings.push(`${name} is not an integer`);
    return undefined;
  }
  const held = Math.min(bounds.max, Math.max(bounds.min, value));
  if (held !== value) {
    warnings.push(`${name} ${value} was taken for ${held}`);
  }
  return held;
}

function cacheTtl(
  headers: ReadonlyMap<string, string>,
  settings: Settings["gateway"],
  hasKey: boolean,
  warnings: string[],
): number | undefined {
  const text = headers.get("cf-aig-cache-ttl") ?? headers.get("cf-cache-ttl");
  if (text !== undefined && Number(text) === 0) {
    return undefined;
  }
  const seconds = text === undefined ? Number.NaN : Number(text);
  if (Number.isInteger(seconds)) {
    if (seconds < CACHE_TTL_SECONDS_MIN || seconds > CACHE_TTL_SECONDS_MAX) {
      warnings.push(
        `cf-aig-cache-ttl ${seconds} is outside ${CACHE_TTL_SECONDS_MIN} to ${CACHE_TTL_SECONDS_MAX}`,
      );
    }
    return Math.min(CACHE_TTL_SECONDS_MAX, Math.max(CACHE_TTL_SECONDS_MIN, seconds));
  }
  if (settings.cache.isOn) {
    return settings.cache.ttlSeconds;
  }
  return hasKey ? KEYED_TTL_SECONDS : undefined;
}

/** The first five scalar entries; the rest is dropped without a word, here with one in the books. */
function readMetadata(text: string | undefined, warnings: string[]): JsonObject {
  if (text === undefined) {
    return {};
  }
  const value = parseJson(text);
  if (!isJsonObject(value)) {
    warnings.push("cf-aig-metadata is not a JSON object");
    return {};
  }
  const kept: JsonObject = {};
  for (const [name, entry] of Object.entries(value)) {
    if (typeof entry === "object") {
      warnings.push(`cf-aig-metadata.${name} is not a scalar`);
    } else if (Object.keys(kept).length >= METADATA_ENTRIES_MAX) {
      warnings.push(`cf-aig-metadata.${name} is beyond the fifth entry`);
    } else {
      kept[name] = entry;
    }
  }
  return kept;
}

function readObject(
  headers: ReadonlyMap<string, string>,
  name: string,
  warnings: string[],
): JsonObject | undefined {
  const text = headers.get(name);
  const value = text === undefined ? undefined : parseJson(text);
  if (text !== undefined && !isJsonObject(value)) {
    warnings.push(`${name} is not a JSON object`);
  }
  return isJsonObject(value) ? value : undefined;
}

/** The dollars of a call: the custom cost when one was sent, else what the provider's prices give. */
export function costUsd(
  custom: JsonObject | undefined,
  usage: { tokensIn: number; tokensOut: number; knownUsd: number },
): number {
  const total = numberField(custom, "total_cost");
  if (total !== undefined) {
    return total;
  }
  const perIn = numberField(custom, "per_token_in");
  const perOut = numberField(custom, "per_token_out");
  if (perIn !== undefined || perOut !== undefined) {
    return usage.tokensIn * (perIn ?? 0) + usage.tokensOut * (perOut ?? 0);
  }
  return usage.knownUsd;
}
