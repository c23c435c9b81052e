import "server-only";
import {
  BlockReason,
  FinishReason,
  type GenerateContentRequest,
  HarmBlockThreshold,
  HarmCategory,
} from "@google/generative-ai";
import { z } from "zod";
import { UpstreamError } from "@/lib/upstream/failure";
import { PHRASES_SCHEMA } from "./phrases-schema";

export type TextRequest = {
  /** Google's own model id, such as `gemini-3.5-flash-lite`. */
  upstreamModel: string;
  system: string;
  text: string;
  outputTokensMax: number;
  /** The answer is JSON: `{phrases: [{source, target}]}`. */
  shape?: "phrases";
};

const SAFETY_SETTINGS = [
  HarmCategory.HARM_CATEGORY_HARASSMENT,
  HarmCategory.HARM_CATEGORY_HATE_SPEECH,
  HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
  HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
].map((category) => ({ category, threshold: HarmBlockThreshold.BLOCK_MEDIUM_AND_ABOVE }));

/** The request body of generateContent. No sampling parameters: models from 3.5 on ignore or refuse them. */
export function toWire({ system, text, outputTokensMax, shape }: TextRequest): GenerateContentRequest {
  return {
    systemInstruction: { role: "system", parts: [{ text: system }] },
    contents: [{ role: "user", parts: [{ text }] }],
    generationConfig: {
      maxOutputTokens: outputTokensMax,
      candidateCount: 1,
      ...(shape === undefined
        ? {}
        : { responseMimeType: "application/json", responseSchema: PHRASES_SCHEMA }),
    },
    safetySettings: SAFETY_SETTINGS,
  };
}

/** What is read of an answer. Everything is optional: recorded answers leave out nearly any field. */
const WireAnswer = z.looseObject({
  candidates: z
    .array(
      z.looseObject({
        content: z
          .looseObject({
            parts: z
              .array(z.looseObject({ text: z.string().optional(), thought: z.boolean().optional() }))
              .optional(),
          })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z.looseObject({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .looseObject({ promptTokenCount: z.number().optional(), candidatesTokenCount: z.number().optional() })
    .optional(),
  responseId: z.string().optional(),
  /** A failure after the answer began arrives inside of it, under HTTP 200. */
  error: z.looseObject({ status: z.string().optional() }).optional(),
});

export type TextChunk = {
  text: string;
  /** Null until the last chunk. */
  finishReason: string | null;
  usage: { inputTokens: number; outputTokens: number } | null;
  /** Google's id of the answer. */
  responseId: string | null;
};

/** Ends that mean the text was withheld. SAFETY is the usual one; the others arrive with HTTP 200 and no text too. */
const BLOCKED_FINISHES: ReadonlySet<string> = new Set([
  FinishReason.SAFETY,
  FinishReason.RECITATION,
  FinishReason.LANGUAGE,
  FinishReason.BLOCKLIST,
  FinishReason.PROHIBITED_CONTENT,
  FinishReason.SPII,
]);

/**
 * One answer, or one event of a stream. A blocked prompt is HTTP 200 without candidates, a blocked answer a candidate
 * without text: both throw UpstreamError `content_blocked`. An error in place of an answer throws `provider_unavailable`, a shape
 * that is no answer `unreadable_answer`.
 */
export function fromWire(wire: unknown): TextChunk {
  const parsed = WireAnswer.safeParse(wire);
  if (!parsed.success) {
    throw new UpstreamError({ kind: "unreadable_answer", detail: "Gemini's answer has another shape" });
  }
  const { candidates, promptFeedback, usageMetadata, responseId, error } = parsed.data;
  if (error !== undefined) {
    throw new UpstreamError({
      kind: "provider_unavailable",
      code: error.status,
      detail: "Gemini's answer broke off with an error",
    });
  }
  const blockReason = promptFeedback?.blockReason;
  if (blockReason !== undefined && blockReason !== BlockReason.BLOCKED_REASON_UNSPECIFIED) {
    throw new UpstreamError({
      kind: "content_blocked",
      code: blockReason,
      detail: "Gemini blocked the prompt",
    });
  }
  const candidate = candidates?.[0];
  const finishReason = candidate?.finishReason ?? null;
  if (finishReason !== null && BLOCKED_FINISHES.has(finishReason)) {
    throw new UpstreamError({
      kind: "content_blocked",
      code: finishReason,
      detail: "Gemini withheld its answer",
    });
  }
  const text = (candidate?.content?.parts ?? [])
    .filter((part) => part.thought !== true)
    .map((part) => part.text ?? "")
    .join("");
  return {
    text,
    finishReason,
    usage: usageMetadata
      ? {
          inputTokens: usageMetadata.promptTokenCount ?? 0,
          outputTokens: usageMetadata.candidatesTokenCount ?? 0,
        }
      : null,
    responseId: responseId ?? null,
  };
}
