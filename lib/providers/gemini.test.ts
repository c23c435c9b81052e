import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/upstream/failure";
import { fromWire } from "./gemini";

const WHOLE = {
  candidates: [
    {
      content: { role: "model", parts: [{ text: "A red " }, { text: "fox." }] },
      finishReason: "STOP",
      index: 0,
    },
  ],
  usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 5, totalTokenCount: 17 },
  modelVersion: "gemini-3.5-flash-lite",
  responseId: "abc",
};

function read(wire: unknown): unknown {
  try {
    return fromWire(wire);
  } catch (error) {
    return error;
  }
}

describe("an answer", () => {
  it("is its parts joined, with its end and its use", () => {
    expect(fromWire(WHOLE)).toEqual({
      text: "A red fox.",
      finishReason: "STOP",
      usage: { inputTokens: 12, outputTokens: 5 },
      responseId: "abc",
    });
  });

  it.for([
    ["nothing but text", { candidates: [{ content: { parts: [{ text: "x" }] } }] }, "x"],
    [
      "a thought before the text",
      { candidates: [{ content: { parts: [{ text: "hm", thought: true }, { text: "x" }] } }] },
      "x",
    ],
    [
      "a part that is no text",
      { candidates: [{ content: { parts: [{ inlineData: {} }, { text: "x" }] } }] },
      "x",
    ],
    ["no parts", { candidates: [{ content: { role: "model" }, finishReason: "MAX_TOKENS" }] }, ""],
    ["no content", { candidates: [{ finishReason: "STOP" }] }, ""],
    ["no candidates", {}, ""],
    ["an empty list of candidates", { candidates: [] }, ""],
    ["usage alone", { usageMetadata: {} }, ""],
    ["fields that nobody knows", { ...WHOLE, turnToken: "t", sdkHttpResponse: {} }, "A red fox."],
    ["feedback without a reason", { ...WHOLE, promptFeedback: { safetyRatings: [] } }, "A red fox."],
    [
      "an unspecified reason",
      { ...WHOLE, promptFeedback: { blockReason: "BLOCKED_REASON_UNSPECIFIED" } },
      "A red fox.",
    ],
  ] as const)("is read with %s", ([, wire, text]) => {
    expect(read(wire)).toMatchObject({ text });
  });

  it.for(["STOP", "MAX_TOKENS", "OTHER", "MALFORMED_FUNCTION_CALL", "INVENTED_LATER"])(
    "keeps what was said before %s",
    (finishReason) => {
      const wire = { candidates: [{ content: { parts: [{ text: "A red" }] }, finishReason }] };
      expect(read(wire)).toMatchObject({ text: "A red", finishReason });
    },
  );
});

describe("[F-75] a blocked answer", () => {
  it.for(["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "INVENTED_LATER"])(
    "is one whose prompt was blocked for %s, under HTTP 200 and without candidates",
    (blockReason) => {
      expect(read({ promptFeedback: { blockReason } })).toMatchObject({
        kind: "content_blocked",
        facts: { code: blockReason },
      });
    },
  );

  it.for(["SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"])(
    "is one that ended with %s, whatever text came before",
    (finishReason) => {
      const wire = { candidates: [{ content: { parts: [{ text: "half" }] }, finishReason }] };
      expect(read(wire)).toMatchObject({ kind: "content_blocked", facts: { code: finishReason } });
    },
  );
});

describe("[F-75] no answer", () => {
  it("is an error under HTTP 200", () => {
    const error = { code: 503, message: "overloaded", status: "UNAVAILABLE" };
    expect(read({ error })).toMatchObject({ kind: "provider_unavailable", facts: { code: "UNAVAILABLE" } });
  });

  it.for([
    ["null", null],
    ["text", "A red fox"],
    ["a list", [WHOLE]],
    ["candidates of another type", { candidates: "none" }],
    ["parts of another type", { candidates: [{ content: { parts: "x" } }] }],
    ["text of another type", { candidates: [{ content: { parts: [{ text: 7 }] } }] }],
    ["an error of the gateway", { error: [{ code: 2005 }] }],
  ] as const)("is %s", ([, wire]) => {
    expect(read(wire)).toMatchObject({ kind: "unreadable_answer" });
  });

  it("is never an exception of another kind, for any JSON at all", () => {
    const property = fc.property(fc.jsonValue(), (wire) => {
      const answer = read(wire);
      expect(answer instanceof UpstreamError || (typeof answer === "object" && answer !== null)).toBe(true);
      expect(answer instanceof Error && !(answer instanceof UpstreamError)).toBe(false);
    });
    fc.assert(property, { numRuns: 5_000 });
  });
});
