import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromRgb, gradient, lch, mix, toHex } from "./colour.ts";

const byte = fc.integer({ min: 0, max: 255 });

describe("OKLab colours", () => {
  it("survive the way to 8 bits and back", () => {
    fc.assert(
      fc.property(byte, byte, byte, (red, green, blue) => {
        const hex = [red, green, blue].map((value) => value.toString(16).padStart(2, "0")).join("");
        expect(toHex(fromRgb(red, green, blue))).toBe(`#${hex}`);
      }),
    );
  });

  it("know Prussian blue", () => {
    expect(toHex(lch(0.4, 0.105, 250))).toMatch(/^#0[bcd]4[89a-c]7[b-f]$/);
  });

  it("run through their stops without a jump", () => {
    const course = gradient([lch(0.2, 0, 0), lch(0.9, 0.1, 90), lch(0.4, 0.05, 200)]);
    let last = course(0);
    for (let part = 0; part <= 1; part += 0.002) {
      const next = course(part);
      expect(Math.abs(next[0] - last[0])).toBeLessThan(0.01);
      last = next;
    }
    expect(course(0)).toEqual(mix(lch(0.2, 0, 0), lch(0.2, 0, 0), 0));
  });
});
