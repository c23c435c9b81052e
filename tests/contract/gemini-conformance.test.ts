import { ApiError, GoogleGenAI, Type } from "@google/genai";
import { GoogleGenerativeAI, GoogleGenerativeAIFetchError } from "@google/generative-ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseJson } from "@/emulator/core/json.ts";
import { anyObject, anyText, holding, listWith, matching, objectWith } from "./support/matchers.ts";
import { HAS_ORACLE, schemaOf } from "./support/oracle.ts";
import { openUpstream, type Upstream } from "./support/upstream.ts";
import { at, call, textAt } from "./support/wire.ts";

/** Cases that hold for the emulator and for Google AI Studio behind Cloudflare alike. */
let upstream: Upstream;
let base: string;

beforeAll(async () => {
  upstream = await openUpstream();
  base = `${upstream.gatewayUrl}/google-ai-studio`;
});
afterAll(() => upstream.stop());

const raw = (path: string, json?: unknown, headers: Record<string, string> = {}) =>
  call(`${base}${path}`, {
    method: json === undefined ? "GET" : "POST",
    headers: { "x-goog-api-key": upstream.geminiKey, ...upstream.gatewayHeaders, ...headers },
    ...(json === undefined ? {} : { json }),
    timeoutMs: 30_000,
  });
const ask = (text: string) => ({ contents: [{ role: "user", parts: [{ text }] }] });

describe("@google/generative-ai through the gateway", () => {
  const model = () =>
    new GoogleGenerativeAI(upstream.geminiKey).getGenerativeModel(
      {
        model: upstream.geminiModel,
        systemInstruction: "Improve the user's image prompt. Answer with the prompt alone.",
      },
      { baseUrl: base, customHeaders: upstream.gatewayHeaders },
    );

  it("answers with text, usage and the model's name", async () => {
    const { response } = await model().generateContent("a fox in the snow");
    expect(response.text()).toMatch(/fox/i);
    expect(response.usageMetadata?.promptTokenCount).toBeGreaterThan(0);
    expect(response.usageMetadata?.totalTokenCount).toBeGreaterThan(
      response.usageMetadata?.promptTokenCount ?? 0,
    );
    expect(response.candidates?.[0]?.finishReason).toBe("STOP");
  });

  it("streams pieces that make up the answer", async () => {
    const { stream, response } = await model().generateContentStream("a lighthouse in a storm");
    const pieces: string[] = [];
    for await (const chunk of stream) {
      pieces.push(chunk.text());
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe((await response).text());
  });

  it("counts tokens", async () => {
    const { totalTokens } = await model().countTokens("one two three");
    expect(totalTokens).toBeGreaterThan(2);
  });

  it("throws with Google's details for a bad key, and loses the gateway's", async () => {
    const other = new GoogleGenerativeAI("wrong").getGenerativeModel(
      { model: upstream.geminiModel },
      { baseUrl: base, customHeaders: upstream.gatewayHeaders },
    );
    const failure = await other.generateContent("x").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GoogleGenerativeAIFetchError);
    expect(failure).toMatchObject({
      status: 400,
      errorDetails: listWith(objectWith({ reason: "API_KEY_INVALID" })),
    });
    const unsigned = new GoogleGenerativeAI(upstream.geminiKey).getGenerativeModel(
      { model: upstream.geminiModel },
      { baseUrl: base },
    );
    await expect(unsigned.generateContent("x")).rejects.toThrow(/401 Unauthorized\] undefined/);
  });
});

describe("@google/genai through the gateway", () => {
  const client = () =>
    new GoogleGenAI({
      apiKey: upstream.geminiKey,
      httpOptions: { baseUrl: base, headers: upstream.gatewayHeaders },
    });

  it("answers JSON that satisfies a schema", async () => {
    const response = await client().models.generateContent({
      model: upstream.geminiModel,
      contents: "雪山下的湖泊，清晨",
      config: {
        systemInstruction: "Translate the user's image prompt into English.",
        responseMimeType: "application/json",
        responseSchema: {
          type: Type.OBJECT,
          required: ["translation", "language", "phrases"],
          properties: {
            translation: { type: Type.STRING },
            language: { type: Type.STRING, enum: ["zh", "en"] },
            phrases: {
              type: Type.ARRAY,
              items: {
                type: Type.OBJECT,
                required: ["source", "target"],
                properties: { source: { type: Type.STRING }, target: { type: Type.STRING } },
              },
            },
          },
        },
      },
    });
    const value: unknown = JSON.parse(response.text ?? "");
    expect(value).toMatchObject({
      translation: matching(/lake/i),
      language: "zh",
      phrases: listWith({ source: anyText, target: anyText }),
    });
  });

  it("streams", async () => {
    const stream = await client().models.generateContentStream({
      model: upstream.geminiModel,
      contents: "Describe a bamboo grove for a painter.",
    });
    let text = "";
    for await (const chunk of stream) {
      text += chunk.text ?? "";
    }
    expect(text.length).toBeGreaterThan(10);
  });

  it("keeps the whole body of an error", async () => {
    const failure = await client()
      .models.generateContent({ model: "gemini-1.5-flash", contents: "x" })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 404, message: holding("Call ListModels") });
  });

  it("lists living models alone", async () => {
    const ids: string[] = [];
    for await (const model of await client().models.list()) {
      ids.push(model.name ?? "");
    }
    expect(ids).toContain(`models/${upstream.geminiModel}`);
    expect(ids.some((id) => id.includes("gemini-1.5"))).toBe(false);
  });
});

describe("the shapes of Google's answers", () => {
  it("a stream is events of one line each, every one with model, id and usage, the last with an end", async () => {
    const { headers, text } = await raw(
      `/v1beta/models/${upstream.geminiModel}:streamGenerateContent?alt=sse`,
      ask("a long description of a harbour at dawn, please"),
    );
    expect(headers.get("content-type")).toMatch(/^text\/event-stream/);
    const events = text.split(/\r?\n\r?\n/).filter((event) => event !== "");
    const chunks = events.map((event) => parseJson(event.replace(/^data: /, "")));
    for (const chunk of chunks) {
      expect(chunk).toMatchObject({
        modelVersion: anyText,
        responseId: anyText,
        usageMetadata: anyObject,
      });
    }
    expect(at(chunks.at(-1), "candidates", 0, "finishReason")).toBe("STOP");
    expect(text).not.toContain("[DONE]");
  });

  it("a stream without alt=sse is a JSON list", async () => {
    const { text } = await raw(
      `/v1beta/models/${upstream.geminiModel}:streamGenerateContent`,
      ask("a harbour"),
    );
    expect(Array.isArray(JSON.parse(text))).toBe(true);
  });

  it("an error before the first event keeps the stream's type around plain JSON", async () => {
    const { status, headers, json } = await raw(
      "/v1beta/models/gemini-1.5-pro:streamGenerateContent?alt=sse",
      ask("x"),
    );
    expect(status).toBe(404);
    expect(headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(json).toMatchObject({ error: { code: 404, status: "NOT_FOUND" } });
  });

  it("unknown names, missing contents and penalties are 400", async () => {
    const path = `/v1beta/models/${upstream.geminiModel}:generateContent`;
    const { json: unknown } = await raw(path, { ...ask("x"), mood: "good" });
    expect(textAt(unknown, "error", "message")).toContain('Unknown name "mood"');
    const { status } = await raw(path, { contents: [] });
    expect(status).toBe(400);
    const penalty = await raw(path, { ...ask("x"), generationConfig: { frequencyPenalty: 0.5 } });
    expect(penalty.status).toBe(400);
    const ignored = await raw(path, { ...ask("x"), generationConfig: { temperature: 1.7 } });
    expect(ignored.status).toBe(200);
  });

  it("a token limit cuts the answer and says so", async () => {
    const { json } = await raw(`/v1beta/models/${upstream.geminiModel}:generateContent`, {
      ...ask("Describe a whole city in detail"),
      generationConfig: { maxOutputTokens: 5 },
    });
    expect(at(json, "candidates", 0, "finishReason")).toBe("MAX_TOKENS");
  });

  it("both API versions are in the path", async () => {
    const { status } = await raw(`/v1/models/${upstream.geminiModel}:generateContent`, ask("x"));
    expect(status).toBe(200);
  });
});

describe.runIf(HAS_ORACLE)("Google's OpenAPI description", () => {
  const file = "google-gemini-openapi3-v1beta.json";

  it("fits the answers", async () => {
    const { json } = await raw(`/v1beta/models/${upstream.geminiModel}:generateContent`, ask("a fern"));
    expect(schemaOf(file, "GenerateContentResponse")(json)).toEqual([]);
    const counted = await raw(`/v1beta/models/${upstream.geminiModel}:countTokens`, ask("a fern"));
    expect(schemaOf(file, "CountTokensResponse")(counted.json)).toEqual([]);
    const listed = await raw("/v1beta/models");
    expect(schemaOf(file, "ListModelsResponse")(listed.json)).toEqual([]);
  });

  it("fits every piece of a stream", async () => {
    const check = schemaOf(file, "GenerateContentResponse");
    const { text } = await raw(
      `/v1beta/models/${upstream.geminiModel}:streamGenerateContent`,
      ask("a fern and a stone and a river"),
    );
    const chunks: unknown = JSON.parse(text);
    expect(Array.isArray(chunks) && chunks.flatMap(check)).toEqual([]);
  });
});
