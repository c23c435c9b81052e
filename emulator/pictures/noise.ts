import type { Random } from "../core/random.ts";

/** Smooth noise in the plane, about -1 to 1. */
export type Noise = (x: number, y: number) => number;

const SIZE = 256;
const MASK = SIZE - 1;

/** Gradient noise with its own shuffled lattice. */
export function createNoise(random: Random): Noise {
  const order = Uint8Array.from({ length: SIZE }, (_, index) => index);
  for (let index = SIZE - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  const table = new Uint8Array(SIZE * 2);
  table.set(order);
  table.set(order, SIZE);
  const gradientX = new Float32Array(SIZE);
  const gradientY = new Float32Array(SIZE);
  for (let index = 0; index < SIZE; index += 1) {
    const angle = random() * 2 * Math.PI;
    gradientX[index] = Math.cos(angle);
    gradientY[index] = Math.sin(angle);
  }
  const dot = (column: number, row: number, x: number, y: number): number => {
    const hash = table[(table[column & MASK] ?? 0) + (row & MASK)] ?? 0;
    return (gradientX[hash] ?? 0) * x + (gradientY[hash] ?? 0) * y;
  };
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const dx = x - column;
    const dy = y - row;
    const u = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
    const v = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
    const top = dot(column, row, dx, dy);
    const right = dot(column + 1, row, dx - 1, dy);
    const bottom = dot(column, row + 1, dx, dy - 1);
    const corner = dot(column + 1, row + 1, dx - 1, dy - 1);
    const upper = top + (right - top) * u;
    const lower = bottom + (corner - bottom) * u;
    return 1.5 * (upper + (lower - upper) * v);
  };
}

/** Noise of several octaves, each twice as fine and `gain` times as strong; about -1 to 1. */
export function fractal(noise: Noise, x: number, y: number, octaves: number, gain = 0.5): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let px = x;
  let py = y;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += weight * noise(px, py);
    total += weight;
    weight *= gain;
    // Turned a little at each octave, or the lattice would show.
    const turnedX = 1.616 * px - 1.178 * py + 17.3;
    py = 1.178 * px + 1.616 * py - 9.1;
    px = turnedX;
  }
  return sum / total;
}

/** Noise with sharp crests, 0 to 1, as worn rock has. */
export function ridged(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 1;
  let total = 0;
  let px = x;
  let py = y;
  let previous = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(noise(px, py));
    const sharp = crest * crest;
    sum += weight * sharp * previous;
    total += weight;
    previous = sharp;
    weight *= 0.5;
    px = px * 2.03 + 5.7;
    py = py * 2.03 - 3.9;
  }
  return sum / total;
}

/** 0 below the first edge, 1 above the second, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const part = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return part * part * (3 - 2 * part);
}
