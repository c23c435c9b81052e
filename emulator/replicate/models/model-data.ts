import type { Latency } from "../../core/latency.ts";

/** One input of a model, in the part of JSON Schema that Replicate's models use. */
export interface InputProperty {
  type: "string" | "integer" | "number" | "boolean" | "array";
  enum?: readonly string[];
  format?: "uri";
  default?: string | number | boolean | readonly string[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  description?: string;
}

/** A model as the emulator knows it. Prices are US dollars an image; latencies are what third parties report. */
export interface ModelData {
  owner: string;
  name: string;
  description: string;
  /** Ids accepted as `version` in a create, newest first; where no stored schema names one, the emulator's own. */
  versionIds: readonly string[];
  /** Whether an image model answers with one address or a list of them. */
  output: "uri" | "uris";
  priceUsd: number;
  latency: { starting: Latency; processing: Latency };
  required: readonly string[];
  properties: Readonly<Record<string, InputProperty>>;
}

/** A latency in milliseconds with bounds that suit most models. */
export function latencyOf(medianMs: number, p90Ms: number): Latency {
  return { medianMs, p90Ms, minMs: Math.round(medianMs * 0.6), maxMs: p90Ms * 2 };
}

/** Official models are kept warm: the queue takes a moment, a cold start is a fault one switches on. */
export const WARM_START: Latency = { medianMs: 180, p90Ms: 420, minMs: 80, maxMs: 1200 };

export const PROMPT: InputProperty = { type: "string", description: "Text prompt for image generation" };
export const SEED: InputProperty = {
  type: "integer",
  description: "Random seed. Set for reproducible generation",
};
export const OUTPUT_QUALITY: InputProperty = { type: "integer", default: 80, minimum: 0, maximum: 100 };
export const WEBP_JPG_PNG: InputProperty = { type: "string", enum: ["webp", "jpg", "png"], default: "webp" };
export const PROMPT_UPSAMPLING: InputProperty = { type: "boolean", default: false };

/** An aspect_ratio input with its choices. */
export function aspectRatio(choices: readonly string[], fallback = "1:1"): InputProperty {
  return { type: "string", enum: choices, default: fallback };
}
