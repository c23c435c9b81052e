import { z } from "zod";
import { listImageModelIds, OUTPUT_FORMATS } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS } from "./aspect-ratios";
import { isPlainText } from "./plain-text";
import { PromptText } from "./prompt";
import { ReferenceId } from "./reference";

/** JSON numbers keep whole numbers exactly up to 2^53, and FLUX takes 32-bit seeds. */
const SEED_MAX = 2 ** 31 - 1;

/** A person's submit. Unknown fields are refused, so that nobody believes one was honoured. */
export const GenerateRequest = z.strictObject({
  model: z.enum(listImageModelIds()),
  /** What is sent to the model, translated on its way when FLUX cannot read it. */
  inputPrompt: PromptText,
  aspectRatio: z.enum(ASPECT_RATIOS),
  /** 1 or true (the default): only the owner sees the pictures. */
  isPrivate: z.union([z.boolean(), z.literal([0, 1]).transform(Boolean)]).default(true),
  locale: z.enum(["en", "zh"]).default("en"),
  /** A style of the catalogue by name, or `owner/name`; for models that take a LoRA. */
  loraName: z
    .string()
    .max(120)
    .regex(/^[\w.-]+(\/[\w.-]+)?$/, "must be a style's name or owner/name")
    .optional(),
  loraScale: z.number().min(0).max(1.5).optional(),
  /** Handed to the provider; never fetched by this server. */
  inputImageUrl: z
    .url({ protocol: /^https$/, hostname: z.regexes.domain, message: "must be an https address" })
    .max(2048)
    .refine(isPlainText, "must be plain text")
    .optional(),
  /** A picture that was handed in by POST /api/references. */
  inputImageId: ReferenceId.optional(),
  seed: z.int().min(0).max(SEED_MAX).optional(),
  numOutputs: z.int().min(1).max(4).default(1),
  outputFormat: z.enum(OUTPUT_FORMATS).default("webp"),
  // Without defaults, these four: a body without them has the hash that it had in releases that knew none of them.
  /** What the caller was told that it costs, in credits. At another price nothing is made: 409 `price_changed`. */
  expectedCost: z.int().min(0).optional(),
  /** Where `inputPrompt` is a proposal that was used: what the person had written before it. Kept beside it for ever. */
  writtenPrompt: PromptText.optional(),
  /** Whether that proposal was used as it came (when absent) or changed afterwards. */
  promptChange: z.enum(["improved", "edited"]).optional(),
  /** false: `inputPrompt` is sent as it is, in whatever language. */
  translate: z.boolean().optional(),
});
export type GenerateRequest = z.infer<typeof GenerateRequest>;

export const GenerateResponse = z.object({
  id: z.string(),
  status: z.literal("processing"),
  /** Credits now held for it. */
  cost: z.int(),
  /** Credits left to spend. */
  balance: z.int(),
});
export type GenerateResponse = z.infer<typeof GenerateResponse>;

export const IdempotencyKey = z
  .string()
  .min(8)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, "must be 8 to 128 visible ASCII characters");
