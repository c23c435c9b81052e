import { gradient, mix, shift } from "../colour.ts";
import { asksFor, between, type Celestial, type Easel, placeCelestial } from "../easel.ts";
import { paintRange } from "../elements/ridges.ts";
import { paintSky } from "../elements/sky.ts";
import { paintGlitter } from "../elements/water.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";
import type { Stage } from "../props/place-props.ts";
import { paintShoreMist } from "./lake.ts";

/** Open water under a wide sky: islands, swell, a beach when there is one in the prompt. */
export async function paintSea(easel: Easel): Promise<Stage> {
  const { random, canvas } = easel;
  const horizon = asksFor(easel, "wave", "storm") ? between(random, 0.4, 0.48) : between(random, 0.5, 0.6);
  const celestial = placeCelestial(easel, horizon);
  paintSky(easel, { horizon, celestial });
  const horizonY = Math.round(horizon * canvas.height);
  if (asksFor(easel, "island", "mountain", "lighthouse") || random() < 0.4) {
    paintRange(easel, {
      layers: 2,
      top: horizon + 0.005,
      bottom: horizon + 0.012,
      rough: 0.55,
      rise: between(random, 0.05, 0.1),
      mist: 0.75,
      hasSnow: false,
      hasTrees: false,
    });
  }
  paintSwell(easel, horizonY, celestial);
  if (celestial !== undefined) {
    paintGlitter(easel, horizonY, celestial);
  }
  paintShoreMist(easel, horizonY, 0.3);
  if (asksFor(easel, "beach") || (!asksFor(easel, "boat", "wave", "whale", "storm") && random() < 0.35)) {
    paintBeach(easel);
  }
  const water = asksFor(easel, "lighthouse")
    ? horizon + 0.03
    : between(random, horizon + 0.06, horizon + 0.16);
  return { horizon, water, ground: between(random, 0.93, 0.96) };
}

/** Waves in perspective: their faces reflect low sky, their backs deep water. */
function paintSwell(easel: Easel, horizonY: number, celestial: Celestial | undefined): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 50;
  const isRough = asksFor(easel, "wave", "storm");
  const lowSky = palette.sky.at(-1) ?? palette.mist;
  const highSky = palette.sky[1] ?? palette.water;
  const course = gradient([mix(lowSky, palette.water, 0.45), palette.water, shift(palette.water, -0.1, 1.1)]);
  const depth = height - horizonY;
  const patches = new Field({ width, top: horizonY, bottom: height, step: 8 }, (x, y) => {
    const near = (y - horizonY) / depth + 0.03;
    return fractal(noise, (x / unit / near) * 0.35 + seed, 2.2 * Math.log(near) + seed, 3);
  });
  const height0 = (x: number, y: number): number => {
    const near = (y - horizonY) / depth + 0.025;
    const u = (x / unit - 0.5) / near;
    const v = 3.4 * Math.log(near);
    return fractal(noise, u * 1.1 + seed, v * 2.6 - seed, isRough ? 4 : 3, 0.55);
  };
  const swell = new Field({ width, top: horizonY, bottom: height, step: 2 }, height0);
  for (let y = horizonY; y < height; y += 1) {
    const near = (y - horizonY) / depth;
    const power = (isRough ? 0.9 : 0.55) * smoothstep(0, 0.2, near);
    for (let x = 0; x < width; x += 1) {
      const here = swell.at(x, y);
      const slope = here - swell.at(x, y + 2 + near * unit * 0.012);
      const face = Math.min(1, Math.max(0, 0.5 + slope * (2.2 - near) * power * 2));
      const base = course(near * 0.9 + patches.at(x, y) * 0.18);
      const sky = mix(lowSky, highSky, near);
      let colour = face > 0.5 ? mix(base, sky, (face - 0.5) * 1.15) : shift(base, (face - 0.5) * 0.16);
      if (isRough) {
        const foam =
          smoothstep(0.42, 0.62, here + 0.25 * noise((x / unit) * 40, (y / unit) * 60)) *
          smoothstep(0.05, 0.3, near);
        colour = mix(colour, palette.light, foam * 0.75);
      }
      canvas.set(y * width + x, celestial === undefined ? shift(colour, -0.01) : colour);
    }
  }
}

/** Sand with a wet margin and two or three lines of foam. */
function paintBeach(easel: Easel): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 50;
  const from = between(random, 0.84, 0.9) * height;
  const tilt = (random() - 0.5) * 0.16;
  const sand = mix(palette.mist, palette.glow, 0.45);
  const dry = shift(mix(sand, [0.8, 0.015, 0.05], 0.45), palette.isDark ? -0.3 : -0.03);
  const edgeAt = (x: number, spread: number): number =>
    from + (x - width / 2) * tilt + unit * spread * fractal(noise, (x / unit) * 1.5 + seed, spread * 9, 3);
  for (let x = 0; x < width; x += 1) {
    const edge = edgeAt(x, 0.055);
    const wetEnd = edge + unit * (0.055 + 0.02 * fractal(noise, (x / unit) * 2, seed, 2));
    for (let y = Math.max(0, Math.floor(edge - unit * 0.05)); y < height; y += 1) {
      const index = y * width + x;
      const lace = noise((x / unit) * 46 + seed, (y / unit) * 60) * 0.4 + 0.6;
      const wet = smoothstep(wetEnd + unit * 0.012, wetEnd - unit * 0.012, y);
      const mirrored = canvas.at(x, edge - (y - edge) * 1.6 - unit * 0.06);
      const grit = 0.012 * noise(x * 0.55, y * 0.55);
      const ground = shift(mix(dry, mix(shift(dry, -0.13), mirrored, 0.5), wet), grit);
      canvas.blend(index, ground, smoothstep(edge - 1.5, edge + 1.5, y));
      for (const line of [0, 0.024, 0.05]) {
        const away =
          (y - (edge - unit * line - unit * 0.006 * fractal(noise, (x / unit) * 4, line * 40 + seed, 2))) /
          (unit * (0.0055 - line * 0.03));
        const foam = Math.exp(-away * away) * lace * (0.95 - line * 9);
        canvas.blend(
          index,
          shift(palette.light, palette.isDark ? -0.12 : 0),
          Math.max(0, Math.min(0.95, foam)),
        );
      }
    }
  }
}
