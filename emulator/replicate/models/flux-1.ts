import {
  aspectRatio,
  type InputProperty,
  latencyOf,
  type ModelData,
  OUTPUT_QUALITY,
  PROMPT,
  PROMPT_UPSAMPLING,
  SEED,
  WARM_START,
  WEBP_JPG_PNG,
} from "./model-data.ts";

const OPEN_RATIOS = [
  "1:1",
  "16:9",
  "21:9",
  "3:2",
  "2:3",
  "4:5",
  "5:4",
  "3:4",
  "4:3",
  "9:16",
  "9:21",
] as const;
const ULTRA_RATIOS = [
  "21:9",
  "16:9",
  "3:2",
  "4:3",
  "5:4",
  "1:1",
  "4:5",
  "3:4",
  "2:3",
  "9:16",
  "9:21",
] as const;
const PRO_RATIOS = ["custom", "1:1", "16:9", "3:2", "2:3", "4:5", "5:4", "9:16", "3:4", "4:3"] as const;
const FIRST_PRO_RATIOS = ["1:1", "16:9", "2:3", "3:2", "4:5", "5:4", "9:16"] as const;

const NUM_OUTPUTS: InputProperty = { type: "integer", default: 1, minimum: 1, maximum: 4 };
const MEGAPIXELS: InputProperty = { type: "string", enum: ["1", "0.25"], default: "1" };
const URI: InputProperty = { type: "string", format: "uri" };

const SCHNELL_INPUTS: Record<string, InputProperty> = {
  prompt: PROMPT,
  aspect_ratio: aspectRatio(OPEN_RATIOS),
  num_outputs: NUM_OUTPUTS,
  // Added after the stored schema of October 2024; the upper bound comes from an observed 422.
  num_inference_steps: { type: "integer", default: 4, minimum: 1, maximum: 4 },
  seed: SEED,
  output_format: WEBP_JPG_PNG,
  output_quality: OUTPUT_QUALITY,
  disable_safety_checker: { type: "boolean", default: false },
  go_fast: { type: "boolean", default: true },
  megapixels: MEGAPIXELS,
};

const DEV_INPUTS: Record<string, InputProperty> = {
  ...SCHNELL_INPUTS,
  image: URI,
  prompt_strength: { type: "number", default: 0.8, minimum: 0, maximum: 1 },
  num_inference_steps: { type: "integer", default: 28, minimum: 1, maximum: 50 },
  guidance: { type: "number", default: 3, minimum: 0, maximum: 10 },
};

/** The FLUX.1 family. Fields and bounds are those of the stored schemas and version pages of each model. */
export const FLUX_1_MODELS: readonly ModelData[] = [
  {
    owner: "black-forest-labs",
    name: "flux-schnell",
    description: "The fastest image generation model tailored for local development and personal use",
    versionIds: ["bf53bdb93d739c9c915091cfa5f49ca662d11273a5eb30e7a2ec1939bcf27a00"],
    output: "uris",
    priceUsd: 0.003,
    latency: {
      starting: { medianMs: 120, p90Ms: 260, minMs: 60, maxMs: 800 },
      processing: latencyOf(750, 1100),
    },
    required: ["prompt"],
    properties: SCHNELL_INPUTS,
  },
  {
    owner: "black-forest-labs",
    name: "flux-dev",
    description:
      "A 12 billion parameter rectified flow transformer capable of generating images from text descriptions",
    versionIds: ["0cce3d40843963ebc7b6d976778e977c8f3ae3d0980a37cb5204f8fa0289e3d2"],
    output: "uris",
    priceUsd: 0.025,
    latency: { starting: WARM_START, processing: latencyOf(3200, 4600) },
    required: ["prompt"],
    properties: DEV_INPUTS,
  },
  {
    owner: "black-forest-labs",
    name: "flux-dev-lora",
    description: "A version of flux-dev, a text to image model, that supports fast fine-tuned lora inference",
    // Schema and price are not confirmed by any source; the field names agree with the fine-tune pages.
    versionIds: ["ae0d7d645446924cf1871e3ca8796e8318f72465d2b5af9323a835df93bf0917"],
    output: "uris",
    priceUsd: 0.032,
    latency: { starting: WARM_START, processing: latencyOf(3600, 5200) },
    required: ["prompt"],
    properties: {
      ...DEV_INPUTS,
      lora_weights: { type: "string" },
      lora_scale: { type: "number", default: 1, minimum: -1, maximum: 3 },
      extra_lora: { type: "string" },
      extra_lora_scale: { type: "number", default: 1, minimum: -1, maximum: 3 },
    },
  },
  {
    owner: "black-forest-labs",
    name: "flux-pro",
    description: "State-of-the-art image generation with top of the line prompt following",
    versionIds: ["caf8d6bf110808c53bb90767ea81e1bbd0f0690ba37a4a24b27b17e2f9a5c011"],
    output: "uri",
    priceUsd: 0.04,
    latency: { starting: WARM_START, processing: latencyOf(6000, 7800) },
    required: ["prompt"],
    properties: {
      prompt: PROMPT,
      aspect_ratio: aspectRatio(FIRST_PRO_RATIOS),
      steps: { type: "integer", default: 25, minimum: 1, maximum: 50 },
      guidance: { type: "number", default: 3, minimum: 2, maximum: 5 },
      interval: { type: "number", default: 2, minimum: 1, maximum: 4 },
      safety_tolerance: { type: "integer", default: 2, minimum: 1, maximum: 5 },
      seed: SEED,
    },
  },
  {
    owner: "black-forest-labs",
    name: "flux-1.1-pro",
    description:
      "Faster, better FLUX Pro. Text-to-image model with excellent image quality and output diversity",
    versionIds: ["a91bed9b0301d9d10b34b89b1f4d0255f2e2499c59576bfcd13405575dacdb25"],
    output: "uri",
    priceUsd: 0.04,
    latency: { starting: WARM_START, processing: latencyOf(5600, 7400) },
    required: ["prompt"],
    properties: {
      prompt: PROMPT,
      image_prompt: URI,
      aspect_ratio: aspectRatio(PRO_RATIOS),
      width: { type: "integer", minimum: 256, maximum: 1440 },
      height: { type: "integer", minimum: 256, maximum: 1440 },
      safety_tolerance: { type: "integer", default: 2, minimum: 1, maximum: 6 },
      seed: SEED,
      prompt_upsampling: PROMPT_UPSAMPLING,
      output_format: WEBP_JPG_PNG,
      output_quality: OUTPUT_QUALITY,
    },
  },
  {
    owner: "black-forest-labs",
    name: "flux-1.1-pro-ultra",
    description: "FLUX1.1 [pro] in ultra and raw modes",
    versionIds: ["c6e5086a542c99e7e523a83d3017654e8618fe64ef427c772a1def05bb599f0c"],
    output: "uri",
    priceUsd: 0.06,
    latency: { starting: WARM_START, processing: latencyOf(11_000, 16_000) },
    required: ["prompt"],
    properties: {
      prompt: PROMPT,
      raw: { type: "boolean", default: false },
      aspect_ratio: aspectRatio(ULTRA_RATIOS),
      image_prompt: URI,
      image_prompt_strength: { type: "number", default: 0.1, minimum: 0, maximum: 1 },
      safety_tolerance: { type: "integer", default: 2, minimum: 1, maximum: 6 },
      seed: SEED,
      // Ultra refuses webp.
      output_format: { type: "string", enum: ["jpg", "png"], default: "jpg" },
    },
  },
];
