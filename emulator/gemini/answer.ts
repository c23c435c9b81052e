import type { JsonObject, JsonValue } from "../core/json.ts";
import { randomFor } from "../core/random.ts";
import type { World } from "../core/world.ts";
import type { GeminiModel } from "./models.ts";
import type { GenerateRequest } from "./read-request.ts";
import { countTokens, firstTokens } from "./tokens.ts";

/** One candidate before it is put into a response. */
export interface Answer {
  parts: JsonObject[];
  finishReason: string;
  tokens: number;
}

/** Cuts a text where a stop sequence or the token limit says. */
export function finishText(text: string, request: GenerateRequest): Answer {
  const stops = request.stopSequences.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  const stopped = stops.length > 0 ? text.slice(0, Math.min(...stops)) : text;
  const cut = request.maxOutputTokens === undefined ? stopped : firstTokens(stopped, request.maxOutputTokens);
  return {
    parts: [{ text: cut }],
    finishReason: cut.length < stopped.length ? "MAX_TOKENS" : "STOP",
    tokens: countTokens(cut),
  };
}

/** How many tokens the model thought; a budget of 0 turns thinking off. */
export function thoughtTokens(model: GeminiModel, request: GenerateRequest): number {
  const budget = request.thinkingBudget;
  return budget === undefined || budget < 0 ? model.thoughtTokens : Math.min(budget, model.thoughtTokens);
}

/** The usage block; thoughts count towards the total. */
export function usageOf(prompt: number, candidates: number | undefined, thoughts: number): JsonObject {
  const usage: JsonObject = {
    promptTokenCount: prompt,
    totalTokenCount: prompt + (candidates ?? 0) + thoughts,
    promptTokensDetails: [{ modality: "TEXT", tokenCount: prompt }],
  };
  if (candidates !== undefined) {
    usage.candidatesTokenCount = candidates;
  }
  if (thoughts > 0) {
    usage.thoughtsTokenCount = thoughts;
  }
  return usage;
}

/** One candidate as the wire shows it; recorded answers carry avgLogprobs and leave safetyRatings out. */
export function candidateOf(world: World, answer: Answer, index: number, responseId: string): JsonObject {
  const candidate: JsonObject = {
    content: { parts: answer.parts, role: "model" },
    finishReason: answer.finishReason,
    avgLogprobs: -Math.round(randomFor(world.seed, responseId, index)() * 1e6) / 1e7,
  };
  if (index > 0) {
    candidate.index = index;
  }
  return candidate;
}

/** A GenerateContentResponse. */
export function responseOf(
  candidates: JsonValue[],
  usage: JsonObject,
  modelVersion: string,
  responseId: string,
): JsonObject {
  return { candidates, usageMetadata: usage, modelVersion, responseId };
}
