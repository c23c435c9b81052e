import {
  aspectRatio,
  latencyOf,
  type ModelData,
  PROMPT,
  PROMPT_UPSAMPLING,
  SEED,
  WARM_START,
} from "./model-data.ts";

const KONTEXT_RATIOS = [
  "match_input_image",
  "1:1",
  "16:9",
  "9:16",
  "4:3",
  "3:4",
  "3:2",
  "2:3",
  "4:5",
  "5:4",
  "21:9",
  "9:21",
  "2:1",
  "1:2",
] as const;

const KONTEXT_INPUTS: ModelData["properties"] = {
  prompt: PROMPT,
  input_image: { type: "string", format: "uri" },
  aspect_ratio: aspectRatio(KONTEXT_RATIOS, "match_input_image"),
  prompt_upsampling: PROMPT_UPSAMPLING,
  seed: SEED,
  // webp is refused with 422.
  output_format: { type: "string", enum: ["jpg", "png"], default: "png" },
  // At most 2 with an input image; the model itself enforces that, not the schema.
  safety_tolerance: { type: "integer", default: 2, minimum: 0, maximum: 6 },
};

/** The FLUX.1 Kontext editing models; prices are not confirmed by Replicate. */
export const FLUX_KONTEXT_MODELS: readonly ModelData[] = [
  {
    owner: "black-forest-labs",
    name: "flux-kontext-pro",
    description: "A state-of-the-art text-based image editing model",
    versionIds: ["0a138193ec3af4b7c4cdd9bc0fdc3a7dbd44b1fb21c8bd8f0f8d3f9c1ac2b6d4"],
    output: "uri",
    priceUsd: 0.04,
    latency: { starting: WARM_START, processing: latencyOf(6500, 8800) },
    required: ["prompt"],
    properties: KONTEXT_INPUTS,
  },
  {
    owner: "black-forest-labs",
    name: "flux-kontext-max",
    description: "A premium text-based image editing model",
    versionIds: ["8389ed8e97d86acb5cd1c2f1b3f1b8ed8f2c8a0e3fb5e4e5b2fbd9e7f5e6a1c2"],
    output: "uri",
    priceUsd: 0.08,
    latency: { starting: WARM_START, processing: latencyOf(8000, 11_000) },
    required: ["prompt"],
    properties: KONTEXT_INPUTS,
  },
];
