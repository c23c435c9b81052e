import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawLatentPrint } from "./draw-latent-print";

describe("a latent print", () => {
  it("is the same for the same seed, and another for another", () => {
    const draw = (seed: string) => drawLatentPrint({ seed, ratio: 1.5 });
    expect(draw("a red fox#0")).toEqual(draw("a red fox#0"));
    expect(draw("a red fox#0")).not.toEqual(draw("a red fox#1"));
  });

  it("has the frame's proportions", () => {
    const { width, height } = drawLatentPrint({ seed: "x", ratio: 21 / 9 });
    expect(width / height).toBeCloseTo(21 / 9, 1);
  });

  it("is small and sound for every prompt and shape", () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0.4, max: 2.5, noNaN: true }), (seed, ratio) => {
        const { shapes, rim } = drawLatentPrint({ seed, ratio });
        const path = [...shapes.map((shape) => shape.path), rim].join("");
        expect(path.length).toBeLessThan(4_000);
        expect(path).toMatch(/^[-MmLlHVQqaz\d\s]+$/);
        expect(shapes.length).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
