/* oxlint-disable vitest/no-standalone-expect -- testScenarios runs every case inside of a test */
import { GoogleGenerativeAI } from "@google/generative-ai";
import { describe, expect } from "vitest";
import { type JsonValue, parseJson } from "@/emulator/core/json.ts";
import { HAS_ORACLE, schemaOf } from "./support/oracle.ts";
import { type ScenarioCase, type Stage, testScenarios } from "./support/scenario-cases.ts";
import { at, call, listAt, type Outcome, textAt } from "./support/wire.ts";

const MODEL = "gemini-3.5-flash-lite";
const TEXT = "a lighthouse in a storm, seen from the sea, with the lamp lit";
const responseSchema = HAS_ORACLE
  ? schemaOf("google-gemini-openapi3-v1beta.json", "GenerateContentResponse")
  : () => [];

const ask = (
  { emulator }: Stage,
  method: string,
  more: Record<string, unknown> = {},
  timeoutMs = 30_000,
): Promise<Outcome> =>
  call(`${emulator.gatewayUrl}/google-ai-studio/v1beta/models/${MODEL}:${method}`, {
    method: "POST",
    headers: { "x-goog-api-key": "k" },
    json: {
      systemInstruction: { parts: [{ text: "Improve the prompt." }] },
      contents: [{ parts: [{ text: TEXT }] }],
      ...more,
    },
    timeoutMs,
  });
const stream = (stage: Stage, timeoutMs = 30_000) =>
  ask(stage, "streamGenerateContent?alt=sse", {}, timeoutMs);
const eventsOf = (text: string): (JsonValue | undefined)[] =>
  text
    .split(/\r?\n\r?\n/)
    .filter((event) => event.startsWith("data: "))
    .map((event) => parseJson(event.slice(6)));

/** A 200 whose candidates look so. */
function shape(look: (json: JsonValue) => void, isDescribed = true): ScenarioCase {
  return async (stage) => {
    const { status, json } = await ask(stage, "generateContent");
    expect(status).toBe(200);
    expect(json).toHaveProperty("usageMetadata.promptTokenCount");
    expect(isDescribed ? responseSchema(json) : []).toEqual([]);
    look(json);
  };
}

const blocked = (reason: string) =>
  shape((json) => {
    expect(json).not.toHaveProperty("candidates");
    expect(at(json, "promptFeedback", "blockReason")).toBe(reason);
  });
const stopped = (reason: string, hasContent = false) =>
  shape((json) => {
    expect(at(json, "candidates", 0, "finishReason")).toBe(reason);
    expect(at(json, "candidates", 0, "content", "parts", 0, "text") !== undefined).toBe(hasContent);
  });
const textOf = (json: JsonValue | undefined) => textAt(json, "candidates", 0, "content", "parts", 0, "text");
const says = (look: (text: string) => void) => shape((json) => look(textOf(json)));

/** An error in Google's shape, plain and before a stream. */
function refuses(
  code: number,
  status: string,
  look: (json: JsonValue) => void = () => undefined,
): ScenarioCase {
  return async (stage) => {
    for (const outcome of [await ask(stage, "generateContent"), await stream(stage)]) {
      expect(outcome.status).toBe(code);
      expect(outcome.json).toMatchObject({ error: { code, status } });
      look(outcome.json);
    }
  };
}
const detail = (json: JsonValue, type: string) =>
  listAt(json, "error", "details").find(
    (entry) => at(entry, "@type") === `type.googleapis.com/google.rpc.${type}`,
  );

describe("scenarios of Gemini", () => {
  testScenarios("Gemini", {
    "gemini-blocked-safety": blocked("SAFETY"),
    "gemini-blocked-prohibited": blocked("PROHIBITED_CONTENT"),
    "gemini-blocked-blocklist": blocked("BLOCKLIST"),
    "gemini-blocked-image-safety": blocked("IMAGE_SAFETY"),
    "gemini-blocked-other": blocked("OTHER"),
    "gemini-stopped-safety": stopped("SAFETY"),
    "gemini-stopped-recitation": stopped("RECITATION", true),
    "gemini-stopped-language": stopped("LANGUAGE"),
    "gemini-stopped-prohibited": async (stage) => {
      await stopped("PROHIBITED_CONTENT")(stage);
      const client = new GoogleGenerativeAI("k").getGenerativeModel(
        { model: MODEL },
        { baseUrl: `${stage.emulator.gatewayUrl}/google-ai-studio` },
      );
      expect((await client.generateContent("x")).response.text()).toBe("");
    },
    "gemini-stopped-blocklist": stopped("BLOCKLIST"),
    "gemini-stopped-spii": stopped("SPII"),
    "gemini-stopped-other": stopped("OTHER"),
    "gemini-stopped-malformed-function-call": shape((json) => {
      expect(at(json, "candidates", 0)).toMatchObject({
        finishReason: "MALFORMED_FUNCTION_CALL",
        content: {},
      });
      expect(textAt(json, "candidates", 0, "finishMessage")).toMatch(/^Malformed function call/);
    }),
    "gemini-stopped-max-tokens": stopped("MAX_TOKENS", true),
    "gemini-empty-max-tokens": shape((json) => {
      expect(at(json, "candidates", 0)).toEqual({ content: { role: "model" }, finishReason: "MAX_TOKENS" });
    }),
    "gemini-no-content": shape((json) => expect(at(json, "candidates", 0)).toEqual({ finishReason: "STOP" })),
    "gemini-no-parts": shape((json) =>
      expect(at(json, "candidates", 0, "content")).toEqual({ role: "model" }),
    ),
    "gemini-no-candidates": shape((json) => {
      expect(json).not.toHaveProperty("candidates");
      expect(json).not.toHaveProperty("promptFeedback");
    }),
    "gemini-empty-text": says((text) => expect(text).toBe("")),
    "gemini-unknown-finish": shape(
      (json) => expect(at(json, "candidates", 0, "finishReason")).toBe("TIRED"),
      false,
    ),
    "gemini-unknown-fields": shape((json) =>
      expect(json).toMatchObject({ turnToken: "v1_abc", serviceTier: "standard" }),
    ),
    "gemini-thought-parts": shape((json) => {
      expect(at(json, "candidates", 0, "content", "parts", 0)).toEqual({ text: "Thinking.", thought: true });
      expect(textAt(json, "candidates", 0, "content", "parts", 1, "text")).toMatch(/lighthouse/i);
    }),
    "gemini-text-injection": says((text) => expect(text).toMatch(/^Ignore all previous/)),
    "gemini-text-url": says((text) => expect(text).toContain("https://evil.example.com")),
    "gemini-text-too-long": says((text) => expect(text).toHaveLength(100_000)),
    "gemini-text-other-language": says((text) => expect(text).toMatch(/Morgennebel/)),
    "gemini-text-control-characters": says((text) => {
      expect(["\u0000", "\u202e", "\u001b"].every((mark) => text.includes(mark))).toBe(true);
    }),
    "gemini-text-fenced-json": says((text) => expect(text).toMatch(/^```json\n[\s\S]*\n```$/)),
    "gemini-text-broken-json": says((text) => expect(parseJson(text)).toBeUndefined()),
    "gemini-text-wrong-schema": says((text) => expect(parseJson(text)).toEqual({ answer: 42, items: null })),
    "gemini-text-html": says((text) => expect(text).toContain("<script>")),
    "gemini-stream-cut": async (stage) => {
      const outcome = await stream(stage);
      expect(outcome.status).toBe(200);
      expect(outcome.failure).not.toBe("");
    },
    "gemini-stream-stall": async (stage) => {
      const outcome = await stream(stage, 700);
      expect(outcome.failure).toMatch(/Timeout/);
    },
    "gemini-stream-malformed": async (stage) => {
      const { text } = await stream(stage);
      expect(eventsOf(text)).toContain(undefined);
    },
    "gemini-stream-comments": async (stage) => {
      const { text } = await stream(stage);
      expect(text).toMatch(/^: keep-alive\r\n\r\nevent: message\r\ndata: \{/);
    },
    "gemini-stream-done-marker": async (stage) => {
      expect((await stream(stage)).text).toMatch(/data: \[DONE\]\r\n\r\n$/);
    },
    "gemini-stream-split-characters": async (stage) => {
      // So long a pause between the pieces that they do not come in one, even to a reader who is late.
      await stage.emulator.control("POST", "/_settings", { speed: 2 });
      const response = await fetch(
        `${stage.emulator.gatewayUrl}/google-ai-studio/v1beta/models/${MODEL}:streamGenerateContent?alt=sse`,
        {
          method: "POST",
          headers: { "x-goog-api-key": "k" },
          body: JSON.stringify({ contents: [{ parts: [{ text: "雪山下的湖泊" }] }] }),
        },
      );
      const sizes: number[] = [];
      const parts: Uint8Array[] = [];
      for await (const part of response.body ?? []) {
        sizes.push(part.length);
        parts.push(part);
      }
      expect(Math.min(...sizes)).toBeLessThanOrEqual(7);
      expect(sizes.length).toBeGreaterThan(5);
      expect(eventsOf(Buffer.concat(parts).toString("utf8")).every((event) => event !== undefined)).toBe(
        true,
      );
    },
    "gemini-stream-error-midway": async (stage) => {
      const events = eventsOf((await stream(stage)).text);
      expect(at(events[0], "candidates", 0, "content")).toBeDefined();
      expect(at(events.at(-1), "error", "status")).toBe("UNAVAILABLE");
    },
    "gemini-stream-blocked-midway": async (stage) => {
      const events = eventsOf((await stream(stage)).text);
      expect(at(events.at(-1), "candidates", 0, "finishReason")).toBe("SAFETY");
    },
    "gemini-stream-no-finish": async (stage) => {
      const { text, failure } = await stream(stage);
      expect(failure).toBe("");
      expect(text).not.toContain("finishReason");
    },
    "gemini-bad-request": refuses(400, "INVALID_ARGUMENT"),
    "gemini-invalid-key": refuses(400, "INVALID_ARGUMENT", (json) => {
      expect(detail(json, "ErrorInfo")).toMatchObject({
        reason: "API_KEY_INVALID",
        domain: "googleapis.com",
      });
      expect(detail(json, "LocalizedMessage")).toBeDefined();
    }),
    "gemini-region": refuses(400, "FAILED_PRECONDITION"),
    "gemini-no-credit": refuses(402, "RESOURCE_EXHAUSTED"),
    "gemini-forbidden": refuses(403, "PERMISSION_DENIED"),
    "gemini-model-gone": refuses(404, "NOT_FOUND", (json) =>
      expect(textAt(json, "error", "message")).toMatch(/Call ListModels/),
    ),
    "gemini-429-retry-info": refuses(429, "RESOURCE_EXHAUSTED", (json) => {
      expect(detail(json, "RetryInfo")).toMatchObject({ retryDelay: "26s" });
      expect(textAt(detail(json, "QuotaFailure"), "violations", 0, "quotaId")).toMatch(/PerMinute/);
    }),
    "gemini-429-no-retry-info": refuses(429, "RESOURCE_EXHAUSTED", (json) =>
      expect(detail(json, "RetryInfo")).toBeUndefined(),
    ),
    "gemini-429-per-day": refuses(429, "RESOURCE_EXHAUSTED", (json) => {
      expect(textAt(detail(json, "QuotaFailure"), "violations", 0, "quotaId")).toMatch(/PerDay/);
    }),
    "gemini-499": refuses(499, "CANCELLED"),
    "gemini-500": refuses(500, "INTERNAL"),
    "gemini-503": refuses(503, "UNAVAILABLE"),
    "gemini-504": refuses(504, "DEADLINE_EXCEEDED"),
    "gemini-error-in-list": async (stage) => {
      const { status, text } = await ask(stage, "generateContent");
      expect(status).toBe(429);
      expect(parseJson(text)).toMatchObject([{ error: { status: "RESOURCE_EXHAUSTED" } }]);
    },
    "gemini-502-page": async (stage) => {
      const { status, text } = await ask(stage, "generateContent");
      expect([status, text.includes("<html>")]).toEqual([502, true]);
    },
    "gemini-silence": async (stage) => {
      const outcome = await ask(stage, "generateContent", {}, 300);
      expect([outcome.status, /Timeout/.test(outcome.failure)]).toEqual([0, true]);
    },
    "gemini-slow": async (stage) => {
      expect((await ask(stage, "generateContent", {}, 300)).failure).toMatch(/Timeout/);
    },
    "gemini-reset": async (stage) => {
      const outcome = await ask(stage, "generateContent");
      expect([outcome.status, outcome.failure === ""]).toEqual([0, false]);
    },
    "gemini-malformed": async (stage) => {
      const { status, text } = await ask(stage, "generateContent");
      expect([status, parseJson(text)]).toEqual([200, undefined]);
    },
  });
});
