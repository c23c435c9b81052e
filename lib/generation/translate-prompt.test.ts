import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTextModels } from "@/lib/models/text-models";
import { createStubGateway } from "@/tests/support/stub-gateway";
import { cleanPrompt, translatePrompt } from "./translate-prompt";

const say = (text: string) => ({
  body: { candidates: [{ content: { parts: [{ text }] }, finishReason: "STOP" }] },
});

describe("[F-77] cleanPrompt", () => {
  it.for([
    ["white space around", "  a fox \n", "a fox"],
    ["paragraphs", "a fox\n\nin snow\t now", "a fox in snow now"],
    ["control characters", "a\u0000 fox\u0007\u001b[31m", "a fox [31m"],
    ["direction overrides", "a \u202efox\u2066", "a fox"],
    ["half of a character", "a fox \ud83e", "a fox \ufffd"],
    ["other languages and marks as they are", "狐狸 🦊 e\u0301", "狐狸 🦊 e\u0301"],
  ] as const)("makes one plain paragraph of %s", ([, text, expected]) => {
    expect(cleanPrompt(text)).toBe(expected);
  });

  it.for(["", "   ", "\u0000\u0000", "\n\t\u202e"])("is null when nothing is left of %j", (text) => {
    expect(cleanPrompt(text)).toBeNull();
  });

  it("keeps the limit by code points, never cutting one in two", () => {
    expect(cleanPrompt("🦊".repeat(2_001))).toBe("🦊".repeat(2_000));
  });

  it("always gives what the database and a person's own prompt may be", () => {
    const property = fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (text) => {
      const prompt = cleanPrompt(text);
      fc.pre(prompt !== null);
      expect(prompt.isWellFormed()).toBe(true);
      expect(prompt).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect(Array.from(prompt).length).toBeLessThanOrEqual(2_000);
      expect(cleanPrompt(prompt)).toBe(prompt);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});

const TEXT_MODELS = readTextModels({ GEMINI_MODEL: "gemini-1.5-flash", GEMINI_UPSTREAM_MODELS: [] });

describe("translatePrompt", () => {
  it("asks the model behind the identifier, and cleans what it says", async () => {
    const { gateway, requests } = createStubGateway([say(" A red\nfox ")]);
    await expect(translatePrompt({ gateway, ...TEXT_MODELS }, "红狐狸")).resolves.toBe("A red fox");
    expect(requests[0]?.url).toContain("/models/gemini-3.5-flash-lite:generateContent");
    expect(requests[0]?.body).toContain("红狐狸");
  });

  it("asks the model that an operator has put in its place", async () => {
    const { gateway, requests } = createStubGateway([say("A red fox")]);
    const textUpstreams = { "gemini-1.5-flash": "gemini-3.6-flash" };
    await translatePrompt({ gateway, ...TEXT_MODELS, textUpstreams }, "红狐狸");
    expect(requests[0]?.url).toContain("/models/gemini-3.6-flash:generateContent");
  });
});
