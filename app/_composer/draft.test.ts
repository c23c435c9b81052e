import { describe, expect, expectTypeOf, it } from "vitest";
import { SaveDraftRequest } from "@/lib/contracts/draft";
import { type Draft, EMPTY_DRAFT } from "./draft";

describe("what the composer keeps", () => {
  it("is what an account keeps, field by field", () => {
    expectTypeOf<Draft>().toEqualTypeOf<SaveDraftRequest["draft"]>();
    const changedAt = new Date(0).toISOString();
    expect(SaveDraftRequest.parse({ draft: EMPTY_DRAFT, changedAt }).draft).toEqual(EMPTY_DRAFT);
  });
});
