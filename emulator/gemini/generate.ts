import type { JsonObject } from "../core/json.ts";
import { stringField } from "../core/json.ts";
import { drawLatency } from "../core/latency.ts";
import type { StruckCall } from "../core/provider.ts";
import { randomFor } from "../core/random.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import { pictureSize } from "../replicate/picture-size.ts";
import { type Answer, candidateOf, finishText, responseOf, thoughtTokens, usageOf } from "./answer.ts";
import { composeText } from "./language/compose-text.ts";
import type { GeminiModel } from "./models.ts";
import { oddResponse, oddText } from "./odd-answers.ts";
import { type GenerateRequest, readGenerate } from "./read-request.ts";
import { streamReply } from "./stream.ts";
import { countTokens } from "./tokens.ts";

// Gemini counts a generated image as 1290 tokens.
const IMAGE_TOKENS = 1290;

/** How often each text was asked for: asked again, the model says it another way. */
export type Repeats = Map<string, number>;

/** :generateContent and :streamGenerateContent. */
export async function generate(
  call: StruckCall,
  model: GeminiModel,
  options: { isStream: boolean; repeats: Repeats },
): Promise<Reply> {
  const read = readGenerate(call.body, model);
  if (read.kind === "refused") {
    return read.reply;
  }
  const { request } = read;
  const { world } = call;
  const responseId = world.identifiers.responseId();
  const latency = drawLatency(world.settings.gemini.latency, randomFor(world.seed, "gemini", responseId));
  const answers = await answersTo(call, request, options.repeats);
  const tokens = answers.reduce((sum, answer) => sum + answer.tokens, 0);
  const thoughts = thoughtTokens(model, request);
  const promptTokens = countTokens(request.promptText);
  account(call, model, { promptTokens, tokens: tokens + thoughts });
  await world.clock.sleep(latency / world.settings.speed, call.signal);
  const usage = usageOf(promptTokens, tokens, thoughts);
  const candidates = answers.map((answer, index) => candidateOf(world, answer, index, responseId));
  const response = bent(call, responseOf(candidates, usage, model.id, responseId));
  if (options.isStream) {
    return streamReply(call, response);
  }
  // The rest of the answer takes as long as its words do to write.
  const writingMs = ((tokens + thoughts) / Math.max(1, world.settings.gemini.tokensPerSecond)) * 1000;
  await world.clock.sleep(Math.min(writingMs, 4000) / world.settings.speed, call.signal);
  return jsonReply(200, response, { "content-type": "application/json; charset=UTF-8" });
}

async function answersTo(call: StruckCall, request: GenerateRequest, repeats: Repeats): Promise<Answer[]> {
  const key = `${request.systemText}\u0000${request.userText}`;
  const repeat = repeats.get(key) ?? 0;
  repeats.set(key, repeat + 1);
  const answers: Answer[] = [];
  for (let index = 0; index < request.candidateCount; index += 1) {
    if (request.wantsImage) {
      answers.push(await imageAnswer(call, request, repeat + index));
    } else {
      const variation = request.seed === undefined ? repeat + index : request.seed + index;
      const text = composeText(request, variation);
      answers.push(finishText(oddlyPut(call, text), request));
    }
  }
  return answers;
}

async function imageAnswer(call: StruckCall, request: GenerateRequest, seed: number): Promise<Answer> {
  const size = pictureSize({ aspect_ratio: request.aspectRatio }, undefined);
  const prompt = request.userText;
  const picture = await call.world.pictures.draw({
    prompt,
    seed,
    index: 0,
    ...size,
    extension: "png",
    quality: 80,
  });
  return {
    parts: [{ inlineData: { mimeType: "image/png", data: picture.bytes.toString("base64") } }],
    finishReason: "STOP",
    tokens: IMAGE_TOKENS,
  };
}

function formsOf(call: StruckCall): string[] {
  return call.actions
    .filter(({ kind }) => kind === "gemini")
    .map(({ parameters }) => stringField(parameters, "form") ?? "");
}

function oddlyPut(call: StruckCall, text: string): string {
  return formsOf(call).reduce((said, form) => oddText(form, said) ?? said, text);
}

function bent(call: StruckCall, response: JsonObject): JsonObject {
  return formsOf(call).reduce(oddResponse, response);
}

function account(call: StruckCall, model: GeminiModel, used: { promptTokens: number; tokens: number }): void {
  const { exchange } = call;
  exchange.tokensIn += used.promptTokens;
  exchange.tokensOut += used.tokens;
  exchange.costUsd +=
    (used.promptTokens * model.usdPerMillionIn + used.tokens * model.usdPerMillionOut) / 1_000_000;
}
