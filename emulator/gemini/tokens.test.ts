import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf } from "./stream.ts";
import { countTokens, firstTokens, tokenPieces } from "./tokens.ts";

describe("tokens", () => {
  it("are lossless pieces of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(tokenPieces(text).join("")).toBe(text);
      }),
    );
  });

  it("are about a quarter of Latin letters and one for each Chinese character", () => {
    expect(countTokens("lighthouse in a storm")).toBeGreaterThan(5);
    expect(countTokens("雪山下的湖泊")).toBe(6);
  });

  it("can be cut off", () => {
    expect(firstTokens("one two three four", 2)).toBe("one two ");
    expect(firstTokens("one", 9)).toBe("one");
  });
});

describe("the pieces of a stream", () => {
  const response = (text: string) => ({
    candidates: [{ content: { parts: [{ text }], role: "model" }, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 9, totalTokenCount: 12 },
    modelVersion: "m",
    responseId: "r",
  });

  it("make up the whole text, with the end and the count on the last alone", () => {
    const chunks = chunksOf(
      response("a long enough text about a lighthouse that stands in the sea, with its lamp lit, at night"),
    );
    expect(chunks.length).toBeGreaterThan(1);
    const ends = chunks.map((chunk) => JSON.stringify(chunk).includes("finishReason"));
    expect(ends).toEqual(chunks.map((_, index) => index === chunks.length - 1));
    expect(JSON.stringify(chunks[0])).not.toContain("candidatesTokenCount");
    expect(JSON.stringify(chunks.at(-1))).toContain("candidatesTokenCount");
  });

  it("are the response itself when there is nothing to cut", () => {
    expect(chunksOf(response(""))).toEqual([response("")]);
  });
});
