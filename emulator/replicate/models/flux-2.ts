import {
  aspectRatio,
  type InputProperty,
  latencyOf,
  type ModelData,
  OUTPUT_QUALITY,
  PROMPT,
  SEED,
  WARM_START,
  WEBP_JPG_PNG,
} from "./model-data.ts";

const FLUX_2_RATIOS = [
  "match_input_image",
  "custom",
  "1:1",
  "16:9",
  "3:2",
  "2:3",
  "4:5",
  "5:4",
  "9:16",
  "3:4",
  "4:3",
] as const;
const RESOLUTIONS = ["match_input_image", "0.5 MP", "1 MP", "2 MP", "4 MP"] as const;
const SIDE: InputProperty = { type: "integer", minimum: 256, maximum: 2048 };

function inputImages(maxItems?: number): InputProperty {
  return { type: "array", default: [], ...(maxItems === undefined ? {} : { maxItems }) };
}

const PRO_INPUTS: Record<string, InputProperty> = {
  prompt: PROMPT,
  input_images: inputImages(8),
  aspect_ratio: aspectRatio(FLUX_2_RATIOS),
  resolution: { type: "string", enum: RESOLUTIONS, default: "1 MP" },
  width: SIDE,
  height: SIDE,
  safety_tolerance: { type: "integer", default: 2, minimum: 1, maximum: 5 },
  seed: SEED,
  output_format: WEBP_JPG_PNG,
  output_quality: OUTPUT_QUALITY,
};

// Enums, bounds and output of the open models are not confirmed by any source.
const OPEN_INPUTS: Record<string, InputProperty> = {
  prompt: PROMPT,
  input_images: inputImages(),
  aspect_ratio: aspectRatio(FLUX_2_RATIOS),
  width: { type: "integer" },
  height: { type: "integer" },
  seed: SEED,
  go_fast: { type: "boolean", default: true },
  output_format: WEBP_JPG_PNG,
  output_quality: OUTPUT_QUALITY,
  disable_safety_checker: { type: "boolean", default: false },
};

interface Variant {
  name: string;
  description: string;
  version: string;
  priceUsd: number;
  medianMs: number;
  p90Ms: number;
  properties: Record<string, InputProperty>;
}

// Prices are the maker's own list prices; Replicate's are not confirmed.
const VARIANTS: readonly Variant[] = [
  {
    name: "flux-2-pro",
    description: "High-quality image generation and editing with support for eight reference images",
    version: "285631b5656a1839331cd9af0d82da820e2075db12046d1d061c681b2f206bc6",
    priceUsd: 0.03,
    medianMs: 7000,
    p90Ms: 9500,
    properties: PRO_INPUTS,
  },
  {
    name: "flux-2-max",
    description: "The highest fidelity image model from Black Forest Labs",
    version: "5d0cd8d5b2f8a9b3ea4f6f1f8f8d1e6c7b0a9d2e3c4f5061728394a5b6c7d8e9",
    priceUsd: 0.07,
    medianMs: 13_000,
    p90Ms: 18_000,
    properties: PRO_INPUTS,
  },
  {
    name: "flux-2-flex",
    description: "Max-quality image generation and editing with support for ten reference images",
    version: "a5d2c4b7e8f9012a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809102",
    priceUsd: 0.05,
    medianMs: 9500,
    p90Ms: 13_000,
    properties: {
      ...PRO_INPUTS,
      input_images: inputImages(10),
      steps: { type: "integer", default: 30, minimum: 1, maximum: 50 },
      guidance: { type: "number", default: 4.5, minimum: 1.5, maximum: 10 },
      prompt_upsampling: { type: "boolean", default: true },
    },
  },
  {
    name: "flux-2-dev",
    description: "Quality image generation and editing with support for reference images",
    version: "bd2f1d0e3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a697887965a4b3c2d1e",
    priceUsd: 0.012,
    medianMs: 3400,
    p90Ms: 5000,
    properties: OPEN_INPUTS,
  },
  {
    name: "flux-2-klein-4b",
    description: "Very fast image generation and editing model, 4 billion parameters",
    version: "1e4b3c2d5a697887f0f1e2d3c4b5a6978879695a4b3c2d1e0bd2f1d0e3c4b5a6",
    priceUsd: 0.014,
    medianMs: 650,
    p90Ms: 950,
    properties: OPEN_INPUTS,
  },
  {
    name: "flux-2-klein-9b",
    description: "Fast image generation and editing model, 9 billion parameters",
    version: "2f5c4d3e6b7a8998a1a2f3e4d5c6b7a8998a7a6b5c4d3e2f1ce3a2e1f4d5c6b7",
    priceUsd: 0.015,
    medianMs: 1000,
    p90Ms: 1500,
    properties: OPEN_INPUTS,
  },
  {
    name: "flux-2-klein-9b-base",
    description: "The undistilled 9 billion parameter base of the klein family",
    version: "3a6d5e4f7c8b9aa9b2b3a4f5e6d7c8b9aa9b8b7c6d5e4f3a2df4b3f2a5e6d7c8",
    priceUsd: 0.015,
    medianMs: 4000,
    p90Ms: 6000,
    properties: OPEN_INPUTS,
  },
];

/** The FLUX.2 family: one address as output, reference images as input. */
export const FLUX_2_MODELS: readonly ModelData[] = VARIANTS.map((variant) => ({
  owner: "black-forest-labs",
  name: variant.name,
  description: variant.description,
  versionIds: [variant.version],
  output: "uri",
  priceUsd: variant.priceUsd,
  latency: { starting: WARM_START, processing: latencyOf(variant.medianMs, variant.p90Ms) },
  required: ["prompt"],
  properties: variant.properties,
}));
