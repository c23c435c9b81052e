import { ASPECT_RATIOS, type AspectRatio } from "./contracts/aspect-ratios";
import type { InputField, InputSchema } from "./contracts/model-inputs";

/**
 * The catalogue: every model as data, and pure helpers over it. Safe in the browser. Adding a model is one entry here
 * and no other change.
 */

export const OUTPUT_FORMATS = ["webp", "jpg", "png"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Money of the providers is counted in millionths of a US dollar. */
export const MICROUSD_PER_USD = 1_000_000;

export type PixelSize = { widthPixels: number; heightPixels: number };

/** What FLUX makes of each shape, one megapixel (read from Replicate's flux serving code). */
const MEGAPIXEL_SHAPES = {
  "1:1": { widthPixels: 1024, heightPixels: 1024 },
  "16:9": { widthPixels: 1344, heightPixels: 768 },
  "21:9": { widthPixels: 1536, heightPixels: 640 },
  "3:2": { widthPixels: 1216, heightPixels: 832 },
  "2:3": { widthPixels: 832, heightPixels: 1216 },
  "4:5": { widthPixels: 896, heightPixels: 1088 },
  "5:4": { widthPixels: 1088, heightPixels: 896 },
  "3:4": { widthPixels: 896, heightPixels: 1152 },
  "4:3": { widthPixels: 1152, heightPixels: 896 },
  "9:16": { widthPixels: 768, heightPixels: 1344 },
  "9:21": { widthPixels: 640, heightPixels: 1536 },
} as const satisfies Partial<Record<AspectRatio, PixelSize>>;

const { "21:9": _wide, "9:21": _tall, ...PRO_SHAPES } = MEGAPIXEL_SHAPES;

export type ImageModel = {
  kind: "image";
  title: string;
  /** `owner/name` at Replicate. */
  upstreamModel: string;
  /** What a picture is paid with: credits, or one of the month's free pictures. */
  unit: "credit" | "picture";
  /** Per picture, in `unit`. */
  unitPrice: number;
  /** What the provider bills per picture, US dollars; told to the gateway so that its dashboards add up. */
  costUsd: number;
  /** The model's own input fields and their bounds; formats, shapes, counts and options follow from it. */
  inputs: InputSchema;
  /** What comes back: one address, or a list of as many as were asked for. */
  output: "uri" | "uris";
  shapes: Partial<Record<AspectRatio, PixelSize>>;
  /** Sent as they are with every request. */
  fixed: Readonly<Record<string, string | number | boolean>>;
  /** Usual (median) and slow (90th percentile) time from submit to picture, until live telemetry is there. */
  usualSeconds: number;
  slowSeconds: number;
};

export type TextModel = {
  kind: "text";
  title: string;
  /** The living model at Google behind the identifier. */
  upstreamModel: string;
};

const SEED: InputField = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 };
const PERCENT: InputField = { type: "integer", minimum: 0, maximum: 100 };
const FORMAT: InputField = { type: "string", enum: OUTPUT_FORMATS };

/** Input of the open FLUX models at Replicate (their API pages' schemas, October 2024 and later). */
const OPEN_FLUX_INPUTS = {
  prompt: { type: "string" },
  aspect_ratio: { type: "string", enum: Object.keys(MEGAPIXEL_SHAPES) },
  num_outputs: { type: "integer", minimum: 1, maximum: 4 },
  seed: SEED,
  output_format: FORMAT,
  output_quality: PERCENT,
  disable_safety_checker: { type: "boolean" },
  go_fast: { type: "boolean" },
  megapixels: { type: "string", enum: ["1", "0.25"] },
} as const satisfies InputSchema;

const DEV_INPUTS = {
  ...OPEN_FLUX_INPUTS,
  image: { type: "uri" },
  prompt_strength: { type: "number", minimum: 0, maximum: 1 },
  num_inference_steps: { type: "integer", minimum: 1, maximum: 50 },
  guidance: { type: "number", minimum: 0, maximum: 10 },
} as const satisfies InputSchema;

const SCHNELL_INPUTS = {
  ...OPEN_FLUX_INPUTS,
  num_inference_steps: { type: "integer", minimum: 1, maximum: 4 },
} as const satisfies InputSchema;

const OPEN_FLUX_FIXED = { disable_safety_checker: false, go_fast: true, megapixels: "1", output_quality: 90 };

export const IMAGE_MODELS = {
  "flux-pro": {
    kind: "image",
    title: "FLUX 1.1 pro",
    upstreamModel: "black-forest-labs/flux-1.1-pro",
    unit: "credit",
    unitPrice: 20,
    costUsd: 0.04,
    inputs: {
      prompt: { type: "string" },
      image_prompt: { type: "uri" },
      aspect_ratio: { type: "string", enum: ["custom", ...Object.keys(PRO_SHAPES)] },
      width: { type: "integer", minimum: 256, maximum: 1440 },
      height: { type: "integer", minimum: 256, maximum: 1440 },
      safety_tolerance: { type: "integer", minimum: 1, maximum: 6 },
      seed: SEED,
      prompt_upsampling: { type: "boolean" },
      output_format: FORMAT,
      output_quality: PERCENT,
    },
    output: "uri",
    shapes: PRO_SHAPES,
    fixed: { safety_tolerance: 2, prompt_upsampling: false, output_quality: 90 },
    usualSeconds: 6,
    slowSeconds: 12,
  },
  "flux-dev": {
    kind: "image",
    title: "FLUX dev",
    upstreamModel: "black-forest-labs/flux-dev",
    unit: "credit",
    unitPrice: 10,
    costUsd: 0.025,
    inputs: DEV_INPUTS,
    output: "uris",
    shapes: MEGAPIXEL_SHAPES,
    fixed: OPEN_FLUX_FIXED,
    usualSeconds: 4,
    slowSeconds: 9,
  },
  "flux-schnell": {
    kind: "image",
    title: "FLUX schnell",
    upstreamModel: "black-forest-labs/flux-schnell",
    unit: "credit",
    unitPrice: 5,
    costUsd: 0.003,
    inputs: SCHNELL_INPUTS,
    output: "uris",
    shapes: MEGAPIXEL_SHAPES,
    fixed: OPEN_FLUX_FIXED,
    usualSeconds: 2,
    slowSeconds: 5,
  },
  "flux-general": {
    kind: "image",
    title: "FLUX dev LoRA",
    upstreamModel: "black-forest-labs/flux-dev-lora",
    unit: "credit",
    unitPrice: 10,
    costUsd: 0.032,
    inputs: {
      ...DEV_INPUTS,
      lora_weights: { type: "string" },
      lora_scale: { type: "number", minimum: -1, maximum: 3 },
      extra_lora: { type: "string" },
      extra_lora_scale: { type: "number", minimum: -1, maximum: 3 },
    },
    output: "uris",
    shapes: MEGAPIXEL_SHAPES,
    fixed: OPEN_FLUX_FIXED,
    usualSeconds: 5,
    slowSeconds: 12,
  },
  "flux-freeSchnell": {
    kind: "image",
    title: "FLUX schnell, free",
    upstreamModel: "black-forest-labs/flux-schnell",
    unit: "picture",
    unitPrice: 1,
    costUsd: 0.003,
    inputs: SCHNELL_INPUTS,
    output: "uris",
    shapes: MEGAPIXEL_SHAPES,
    fixed: OPEN_FLUX_FIXED,
    usualSeconds: 2,
    slowSeconds: 5,
  },
} as const satisfies Record<string, ImageModel>;

/** Google retired the 1.5 models; each identifier keeps working through a living successor. */
export const TEXT_MODELS = {
  "gemini-1.5-flash": {
    kind: "text",
    title: "Gemini Flash-Lite",
    upstreamModel: "gemini-3.5-flash-lite",
  },
  "gemini-1.5-pro": { kind: "text", title: "Gemini Flash", upstreamModel: "gemini-3.8-flash" },
} as const satisfies Record<string, TextModel>;

/** The day each of Google's models ends or ended, where one was announced (ai.google.dev/gemini-api/docs/deprecations). */
const TEXT_MODEL_ENDS: Record<string, string> = {
  "gemini-1.5-flash": "2025-09-29",
  "gemini-1.5-flash-8b": "2025-09-29",
  "gemini-1.5-pro": "2025-09-29",
  "gemini-2.0-flash": "2026-06-01",
  "gemini-2.0-flash-lite": "2026-06-01",
  "gemini-2.5-flash": "2026-12-01",
  "gemini-2.5-pro": "2026-12-01",
};

/** The day (ISO date) on which Google ends one of its models; null when none was announced. */
export function endOfTextModel(upstreamModel: string): string | null {
  return TEXT_MODEL_ENDS[upstreamModel] ?? null;
}

export type ImageModelId = keyof typeof IMAGE_MODELS;
export type TextModelId = keyof typeof TEXT_MODELS;

export function isImageModelId(id: string): id is ImageModelId {
  return Object.hasOwn(IMAGE_MODELS, id);
}

export function isTextModelId(id: string): id is TextModelId {
  return Object.hasOwn(TEXT_MODELS, id);
}

export function listImageModelIds(): ImageModelId[] {
  return Object.keys(IMAGE_MODELS).filter(isImageModelId);
}

export function listTextModelIds(): TextModelId[] {
  return Object.keys(TEXT_MODELS).filter(isTextModelId);
}

export function getImageModel(id: ImageModelId): ImageModel {
  return IMAGE_MODELS[id];
}

/** The formats that a model writes. */
export function outputFormatsOf({ inputs }: ImageModel): OutputFormat[] {
  const field = inputs.output_format;
  return OUTPUT_FORMATS.filter((format) => field?.type === "string" && field.enum?.includes(format));
}

/** How many pictures one request may ask for. */
export function outputCountMaxOf({ inputs, output }: ImageModel): number {
  const field = inputs.num_outputs;
  return output === "uris" && field?.type === "integer" ? field.maximum : 1;
}

/** The input field that takes a reference picture, by the names that FLUX models give it; null when there is none. */
export function inputImageFieldOf({ inputs }: ImageModel): string | null {
  return ["image", "image_prompt", "input_image"].find((name) => Object.hasOwn(inputs, name)) ?? null;
}

export function takesLora({ inputs }: ImageModel): boolean {
  return Object.hasOwn(inputs, "lora_weights");
}

/** Styles that `flux-general` offers by name; any `owner/name` at Hugging Face or Replicate is accepted too. */
export const LORAS = {
  koda: { title: "Koda", weights: "alvdansen/flux-koda" },
  watercolor: { title: "Watercolor", weights: "SebastianBodza/flux_lora_aquarel_watercolor" },
  ghibsky: { title: "Ghibsky illustration", weights: "aleksa-codes/flux-ghibsky-illustration" },
} as const satisfies Record<string, { title: string; weights: string }>;

/** What a person calls weights: a style's name where the catalogue has them, else as they are. */
export function loraNameOf(weights: string): string {
  return Object.entries(LORAS).find(([, style]) => style.weights === weights)?.[0] ?? weights;
}

function toNumber(ratio: AspectRatio): number {
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  return width / height;
}

/** The shape the model has that is nearest to the one asked for (by the logarithm, so that tall and wide are alike). */
export function nearestShape(model: ImageModel, asked: AspectRatio): { ratio: AspectRatio; size: PixelSize } {
  let best: { ratio: AspectRatio; size: PixelSize; distance: number } | undefined;
  for (const ratio of ASPECT_RATIOS) {
    const size = model.shapes[ratio];
    const distance = Math.abs(Math.log(toNumber(ratio) / toNumber(asked)));
    if (size && (!best || distance < best.distance)) {
      best = { ratio, size, distance };
    }
  }
  if (!best) {
    throw new RangeError(`the catalogue gives ${model.title} no shape`);
  }
  return best;
}
