import { describe, expect, it } from "vitest";
import { createSeededRandom, hashText } from "./seeded-random";

describe("seeded random numbers", () => {
  it("are the same everywhere: these are the ones that prints were drawn from", () => {
    const random = createSeededRandom(hashText("Sunprint"));
    expect([random.whole(0, 99), random.whole(0, 99), random.isHeads()]).toMatchInlineSnapshot(`
      [
        48,
        63,
        false,
      ]
    `);
  });

  it("keep to their range", () => {
    const random = createSeededRandom(1);
    const numbers = Array.from({ length: 1000 }, () => random.whole(3, 5));
    expect(new Set(numbers)).toEqual(new Set([3, 4, 5]));
  });
});
