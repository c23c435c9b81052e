import { describe, expect, it } from "vitest";
import { findHeir } from "./find-heir";

const tiles = (keys: string) => keys.split("").map((key) => ({ key }));

describe("where the keyboard goes when its tile is gone", () => {
  it.for([
    ["to the next one, which has its place now", "abcd", "acd", "b", 1],
    ["past all that went with it", "abcdef", "aef", "b", 1],
    ["to the last one, when nothing comes after it", "abcd", "abc", "d", 2],
    ["to the nearest before it, when all after it went, too", "abcd", "ab", "c", 1],
    ["to the one that came after it, also when others arrived meanwhile", "abcd", "xyacd", "b", 3],
  ] as const)("%s", ([, before, after, key, place]) => {
    expect(findHeir(tiles(before), tiles(after), key)).toBe(place);
  });

  it("nowhere, while its tile is there, when nothing is left, and when it was on none", () => {
    expect(findHeir(tiles("abc"), tiles("ab"), "a")).toBeNull();
    expect(findHeir(tiles("a"), [], "a")).toBeNull();
    expect(findHeir(tiles("abc"), tiles("ab"), "x")).toBeNull();
  });
});
