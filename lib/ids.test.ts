import { afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "./ids";

afterEach(() => vi.useRealTimers());

describe("newId", () => {
  it("is a prefix and 26 characters that a storage key and an address can carry", () => {
    expect(newId("generation")).toMatch(/^gen_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(newId("image")).toMatch(/^img_/);
    expect(newId("user")).toMatch(/^usr_/);
    expect(newId("request")).toMatch(/^req_/);
  });

  it("never repeats within one millisecond", () => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
    const ids = new Set(Array.from({ length: 20_000 }, () => newId("generation")));
    expect(ids.size).toBe(20_000);
  });

  it("sorts by time, so that new rows sit together in an index", () => {
    vi.useFakeTimers();
    const ids = [1_000_000_000_000, 1_800_000_000_000, 1_800_000_000_001, 4_000_000_000_000].map((now) => {
      vi.setSystemTime(now);
      return newId("generation");
    });
    expect(ids.toSorted()).toEqual(ids);
  });
});
