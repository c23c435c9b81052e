import type { Random } from "../core/random.ts";
import type { Brief } from "./brief.ts";
import type { Canvas } from "./canvas.ts";
import type { Noise } from "./noise.ts";
import type { Palette } from "./palette.ts";
import type { Tag } from "./words.ts";

/** What a painter has at hand. */
export interface Easel {
  canvas: Canvas;
  brief: Brief;
  palette: Palette;
  random: Random;
  noise: Noise;
}

/** Where the sun or moon stands, in parts of the width and height; undefined when neither is to be seen. */
export interface Celestial {
  x: number;
  y: number;
  /** Part of the shorter side. */
  radius: number;
  isMoon: boolean;
}

/** A number between two bounds. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Whether the prompt asked for any of these. */
export function asksFor(easel: Easel, ...tags: readonly Tag[]): boolean {
  return tags.some((tag) => easel.brief.tags.has(tag));
}

/** The sun or moon the prompt and the hour suggest. */
export function placeCelestial(easel: Easel, horizon: number): Celestial | undefined {
  const { random, brief } = easel;
  const { mood } = brief;
  const isMoon = asksFor(easel, "moon") || (mood === "night" && !asksFor(easel, "aurora", "neon"));
  const isHidden = mood === "overcast" || asksFor(easel, "storm", "rain");
  const chance = random();
  const x = random() < 0.5 ? between(random, 0.2, 0.42) : between(random, 0.58, 0.8);
  const isWanted = asksFor(easel, "sun", "moon") || chance < (mood === "day" || mood === "snow" ? 0.35 : 0.8);
  if (isHidden || !isWanted) {
    return undefined;
  }
  const isLow = mood === "sunset" || mood === "golden" || mood === "dawn" || mood === "blue-hour";
  const y = isMoon
    ? between(random, 0.16, 0.32)
    : isLow
      ? horizon * between(random, 0.62, 0.86)
      : horizon * between(random, 0.25, 0.5);
  const radius = isMoon ? between(random, 0.03, 0.055) : isLow ? between(random, 0.035, 0.06) : 0.026;
  return { x, y, radius, isMoon };
}
