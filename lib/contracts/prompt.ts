import { z } from "zod";
import { listTextModelIds } from "@/lib/ai-gateway-utils";
import { isPlainText } from "./plain-text";

export const PROMPT_LENGTH_MAX = 2000;

/** Counted in characters as people see them in a text box (code points), stored exactly as written. */
export const PromptText = z
  .string()
  .max(PROMPT_LENGTH_MAX * 2)
  .refine((text) => text.trim() !== "", "must not be empty")
  .refine(
    (text) => Array.from(text).length <= PROMPT_LENGTH_MAX,
    `must have at most ${PROMPT_LENGTH_MAX} characters`,
  )
  .refine(isPlainText, "must be plain text");

export const ImprovePromptRequest = z.strictObject({
  prompt: PromptText,
  model: z.enum(listTextModelIds()).optional(),
  /** The language to answer in: the prompt's own when absent. `en` translates a Chinese prompt for FLUX. */
  locale: z.enum(["en", "zh"]).optional(),
  /** Asks for the proposal's phrases, too, each beside what it stands for; not in a stream. */
  withPhrases: z.literal(true).optional(),
});
export type ImprovePromptRequest = z.infer<typeof ImprovePromptRequest>;

const Phrase = z.object({
  /** The person's own words; null where the model added something. */
  source: z.string().nullable(),
  target: z.string(),
});

export const ImprovePromptResponse = z.object({
  prompt: z.string(),
  model: z.string(),
  /** The language of `prompt`. */
  language: z.enum(["en", "zh"]),
  /** In the order of `prompt`, when they were asked for. */
  phrases: z.array(Phrase).optional(),
});
export type ImprovePromptResponse = z.infer<typeof ImprovePromptResponse>;
