import { z } from "zod";
import { OUTPUT_FORMATS } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "./aspect-ratios";

export const ImageModelView = z.object({
  id: z.string(),
  kind: z.literal("image"),
  title: z.string(),
  /** Credits per picture. */
  credits: z.int(),
  /** Whether it takes from the month's free pictures instead of credits. */
  isFree: z.boolean(),
  state: z.enum(["on", "paused"]),
  /** The operator's sentence while it is paused. */
  pausedReason: z.string().nullable(),
  aspectRatios: z.array(z.object({ ratio: z.enum(ASPECT_RATIOS), width: z.int(), height: z.int() })),
  outputFormats: z.array(z.enum(OUTPUT_FORMATS)),
  numOutputsMax: z.int(),
  takesLora: z.boolean(),
  takesInputImage: z.boolean(),
  /** Seconds from submit to picture: the median, and the 90th percentile. */
  usualSeconds: z.number(),
  slowSeconds: z.number(),
});
export type ImageModelView = z.infer<typeof ImageModelView>;

export const TextModelView = z.object({
  id: z.string(),
  kind: z.literal("text"),
  title: z.string(),
  credits: z.literal(0),
  state: z.literal("on"),
});

export const ModelsResponse = z.object({
  models: z.array(z.discriminatedUnion("kind", [ImageModelView, TextModelView])),
  loras: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type ModelsResponse = z.infer<typeof ModelsResponse>;
