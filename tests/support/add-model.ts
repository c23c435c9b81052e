import { IMAGE_MODELS, type ImageModel } from "@/lib/ai-gateway-utils";

/** What a developer would write into the catalogue for one more model, and nothing else. Import it before anything else. */
const ULTRA: ImageModel = {
  kind: "image",
  title: "FLUX 1.1 pro ultra",
  upstreamModel: "black-forest-labs/flux-1.1-pro-ultra",
  unit: "credit",
  unitPrice: 30,
  costUsd: 0.06,
  inputs: {
    prompt: { type: "string" },
    raw: { type: "boolean" },
    aspect_ratio: { type: "string", enum: ["1:1", "16:9", "9:16", "21:9"] },
    image_prompt: { type: "uri" },
    image_prompt_strength: { type: "number", minimum: 0, maximum: 1 },
    safety_tolerance: { type: "integer", minimum: 1, maximum: 6 },
    seed: { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 },
    output_format: { type: "string", enum: ["jpg", "png"] },
  },
  output: "uri",
  shapes: {
    "1:1": { widthPixels: 2048, heightPixels: 2048 },
    "16:9": { widthPixels: 2752, heightPixels: 1536 },
  },
  fixed: { safety_tolerance: 2, raw: false },
  usualSeconds: 12,
  slowSeconds: 25,
};

Object.assign(IMAGE_MODELS, { "flux-ultra": ULTRA });
