import { isJsonObject, type JsonValue, numberField } from "./json.ts";
import { drawNormal, type Random } from "./random.ts";

/**
 * A latency distribution, all figures in milliseconds: log-normal through the median and the 90th
 * percentile, cut at the bounds; with `slowShare`, that share of draws takes `slowMs` instead (a
 * second hump, as a cold start makes).
 */
export interface Latency {
  medianMs: number;
  p90Ms: number;
  minMs: number;
  maxMs: number;
  slowShare?: number;
  slowMs?: number;
}

// The standard normal's 90th percentile.
const NORMAL_P90 = 1.2816;

/** One latency in milliseconds. */
export function drawLatency(latency: Latency, random: Random): number {
  const spread = Math.log(Math.max(latency.p90Ms, latency.medianMs) / latency.medianMs) / NORMAL_P90;
  const drawn = latency.medianMs * Math.exp(spread * drawNormal(random));
  const isSlow = random() < (latency.slowShare ?? 0);
  const chosen = isSlow ? (latency.slowMs ?? latency.maxMs) : drawn;
  return isSlow ? chosen : Math.min(latency.maxMs, Math.max(latency.minMs, chosen));
}

/** A latency read from JSON: an object with any of the fields, or a number for a constant; undefined when neither. */
export function readLatency(value: JsonValue | undefined): Latency | undefined {
  if (typeof value === "number" && value >= 0) {
    return { medianMs: Math.max(value, 0.001), p90Ms: Math.max(value, 0.001), minMs: value, maxMs: value };
  }
  if (!isJsonObject(value)) {
    return undefined;
  }
  const medianMs = numberField(value, "medianMs");
  if (medianMs === undefined || medianMs <= 0) {
    return undefined;
  }
  const p90Ms = numberField(value, "p90Ms") ?? medianMs * 1.3;
  const slowShare = numberField(value, "slowShare");
  const slowMs = numberField(value, "slowMs");
  return {
    medianMs,
    p90Ms,
    minMs: numberField(value, "minMs") ?? medianMs / 3,
    maxMs: numberField(value, "maxMs") ?? p90Ms * 3,
    ...(slowShare === undefined ? {} : { slowShare }),
    ...(slowMs === undefined ? {} : { slowMs }),
  };
}
