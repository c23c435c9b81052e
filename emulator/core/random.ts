import { createHash } from "node:crypto";

/** A source of numbers in [0, 1), the same for the same seed. */
export type Random = () => number;

/** A 32-bit seed from any text, well mixed: one changed letter changes every draw. */
export function seedFromText(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32LE(0);
}

/** A small, fast generator (mulberry32): ample for latencies, faults and pictures, useless for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A generator for a named purpose, so that one more draw here never shifts the draws there. */
export function randomFor(...parts: readonly (string | number)[]): Random {
  return createRandom(seedFromText(parts.join("\u0000")));
}

/** One draw from the standard normal distribution (Box-Muller). */
export function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
