import { describe, expect, it } from "vitest";
import { SaveDraftRequest } from "./draft";

const draft = {
  text: "a fox",
  writtenText: null,
  proposedText: null,
  model: "flux-dev",
  ratio: "3:2",
  count: 2,
  loraName: null,
  loraScale: 1,
  seed: null,
  isPrivate: true,
  referenceId: null,
};
const changedAt = "2026-11-29T06:00:00.000Z";

describe("a draft to keep", () => {
  it.for([
    {},
    { text: "" },
    { text: "狐".repeat(10_000) },
    { text: "a red fox, at night", writtenText: "狐狸", proposedText: "a red fox" },
    { model: "a-model-of-yesterday" },
    { loraName: "koda", loraScale: 0, seed: 2 ** 31 - 1 },
    { referenceId: "ref_01jd8x00000000000000000000" },
  ])("may be %j", (change) => {
    expect(SaveDraftRequest.parse({ draft: { ...draft, ...change }, changedAt }).draft).toMatchObject(change);
  });

  it.for([
    { text: "x".repeat(10_001) },
    { text: "a \0 fox" },
    { text: "half a fox \ud83e" },
    { text: null },
    { writtenText: "" },
    { proposedText: "x".repeat(2_001) },
    { model: "x".repeat(65) },
    { ratio: "7:5" },
    { count: 0 },
    { count: 5 },
    { loraName: "<script>" },
    { loraScale: 2 },
    { seed: -1 },
    { isPrivate: 1 },
    { referenceId: "img_01jd8x00000000000000000000" },
    { note: "more" },
  ])("may not be %j", (change) => {
    expect(SaveDraftRequest.safeParse({ draft: { ...draft, ...change }, changedAt }).success).toBe(false);
  });

  it.for(["yesterday", "2026-11-29", 1_795_000_000, null])("may not be of %j", (time) => {
    expect(SaveDraftRequest.safeParse({ draft, changedAt: time }).success).toBe(false);
  });
});
