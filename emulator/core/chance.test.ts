import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Identifiers } from "./identifiers.ts";
import { drawLatency, readLatency } from "./latency.ts";
import { randomFor } from "./random.ts";

describe("seeded chance", () => {
  it("gives the same draws for the same purpose and others for another", () => {
    const draws = (name: string) => Array.from({ length: 5 }, randomFor("seed", name));
    expect(draws("a")).toEqual(draws("a"));
    expect(draws("a")).not.toEqual(draws("b"));
  });

  it("keeps latencies within their bounds, with the median where it was asked for", () => {
    const latency = { medianMs: 1000, p90Ms: 2000, minMs: 400, maxMs: 5000 };
    const random = randomFor("latency");
    const draws = Array.from({ length: 2000 }, () => drawLatency(latency, random)).toSorted((a, b) => a - b);
    expect(draws[0]).toBeGreaterThanOrEqual(400);
    expect(draws.at(-1)).toBeLessThanOrEqual(5000);
    expect(draws[1000]).toBeGreaterThan(900);
    expect(draws[1000]).toBeLessThan(1100);
    expect(draws[1800]).toBeGreaterThan(1700);
    expect(draws[1800]).toBeLessThan(2300);
  });

  it("gives a slow share its own time", () => {
    const random = randomFor("slow");
    const latency = { medianMs: 10, p90Ms: 20, minMs: 1, maxMs: 50, slowShare: 0.25, slowMs: 9000 };
    const slow = Array.from({ length: 1000 }, () => drawLatency(latency, random)).filter((ms) => ms === 9000);
    expect(slow.length).toBeGreaterThan(190);
    expect(slow.length).toBeLessThan(310);
  });

  it("reads a number as a constant and refuses what has no median", () => {
    expect(
      drawLatency(readLatency(70) ?? { medianMs: 1, p90Ms: 1, minMs: 1, maxMs: 1 }, randomFor("x")),
    ).toBeCloseTo(70);
    expect(readLatency({ p90Ms: 3 })).toBeUndefined();
    expect(readLatency("soon")).toBeUndefined();
  });
});

describe("identifiers", () => {
  it("look as upstream's do", () => {
    const ids = new Identifiers("seed");
    expect(ids.predictionId()).toMatch(/^[a-z0-9]{26}$/);
    expect(ids.ulid(Date.UTC(2026, 10, 23))).toMatch(/^01M[0-9A-HJKMNP-TV-Z]{23}$/);
    expect(ids.messageId()).toMatch(/^msg_[A-Za-z0-9]{27}$/);
    expect(ids.traceId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("are never given twice, not even over a restart that restores the count", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (before, after) => {
        const first = new Identifiers("seed");
        const seen = new Set(Array.from({ length: before }, () => first.predictionId()));
        const second = new Identifiers("seed");
        second.restore(first.ordinal);
        for (let index = 0; index < after; index += 1) {
          seen.add(second.predictionId());
        }
        expect(seen.size).toBe(before + after);
      }),
    );
  });
});
