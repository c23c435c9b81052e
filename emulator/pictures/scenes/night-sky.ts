import { type Lab, lch, mix } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { paintRange } from "../elements/ridges.ts";
import { paintSky, paintStars } from "../elements/sky.ts";
import { paintReflection } from "../elements/water.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";
import type { Stage } from "../props/place-props.ts";

/** The Milky Way or an aurora over dark land, sometimes over a lake. */
export function paintNightSky(easel: Easel): Stage {
  const { canvas, random } = easel;
  const hasWater = asksFor(easel, "lake", "sea") || random() < 0.35;
  const horizon = hasWater ? between(random, 0.66, 0.72) : between(random, 0.8, 0.88);
  paintSky(easel, { horizon, celestial: undefined });
  const horizonY = horizon * canvas.height;
  if (asksFor(easel, "aurora")) {
    paintStars(easel, horizonY, 1.2);
    paintAurora(easel, horizonY);
  } else {
    paintMilkyWay(easel, horizonY);
    paintStars(easel, horizonY, 2.4);
  }
  paintRange(easel, {
    layers: 3,
    top: horizon - 0.04,
    bottom: hasWater ? horizon - 0.01 : horizon + 0.06,
    rough: between(random, 0.4, 0.9),
    rise: between(random, 0.07, 0.13),
    mist: 0.5,
    hasSnow: asksFor(easel, "snow", "winter"),
    hasTrees: random() < 0.75,
  });
  if (hasWater) {
    paintReflection(easel, horizonY, { calm: 0.95 });
  }
  return hasWater
    ? { horizon, water: between(random, horizon + 0.1, 0.9) }
    : { horizon, ground: horizon + 0.07 };
}

/** A slanting band of light, parted by dust. */
function paintMilkyWay(easel: Easel, horizonY: number): void {
  const { canvas, noise, random, palette } = easel;
  const { width, unit } = canvas;
  const seed = random() * 60;
  const angle = between(random, 0.55, 1.05) * (random() < 0.5 ? 1 : -1);
  const centreX = width * between(random, 0.4, 0.6);
  const warm = mix(lch(0.78, 0.06, 60), palette.light, 0.3);
  const cool = mix(lch(0.68, 0.07, 265), palette.light, 0.3);
  const cloud = new Field({ width, top: 0, bottom: horizonY, step: 4 }, (x, y) =>
    fractal(noise, (x / unit) * 2.6 + seed, (y / unit) * 2.6, 5, 0.55),
  );
  for (let y = 0; y < horizonY; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = (x - centreX) / unit;
      const dy = (y - horizonY * 0.55) / unit;
      const across = dx * Math.cos(angle) + dy * Math.sin(angle) + cloud.at(x, y) * 0.06;
      const along = dy * Math.cos(angle) - dx * Math.sin(angle);
      const band = Math.exp(-(across * across) / 0.028);
      const core = Math.exp(-(across * across) / 0.006) * Math.exp(-((along - 0.2) ** 2) / 0.25);
      const dust =
        smoothstep(0.02, 0.4, cloud.at(x + unit * 0.4, y * 1.3)) * Math.exp(-(across * across) / 0.004);
      const light = Math.max(0, band * (0.32 + 0.42 * cloud.at(x, y)) + core * 0.42 - dust * 0.42);
      canvas.blend(y * width + x, mix(cool, warm, Math.min(1, core * 1.4)), Math.min(0.8, light));
    }
  }
}

/** Curtains of light: sharp below, fading upwards in folds. */
function paintAurora(easel: Easel, horizonY: number): void {
  const { canvas, noise, random } = easel;
  const { width, unit } = canvas;
  const lower: Lab = lch(0.86, 0.19, 155);
  const upper: Lab = asksFor(easel, "pink", "purple") ? lch(0.62, 0.2, 335) : lch(0.6, 0.15, 300);
  for (let curtain = 0; curtain < 3; curtain += 1) {
    const seed = random() * 60;
    const base = horizonY * between(random, 0.52, 0.84);
    const strength = between(random, 0.5, 0.85);
    for (let x = 0; x < width; x += 1) {
      const u = x / unit;
      const foot = base + unit * 0.2 * fractal(noise, u * 0.9 + seed, curtain * 3, 3);
      const fold = 0.35 + 0.65 * smoothstep(-0.5, 0.7, fractal(noise, u * 7 + seed, curtain, 3));
      const tall = unit * (0.34 + 0.24 * noise(u * 1.3 + seed, 9)) * (0.6 + 0.5 * fold);
      const present = smoothstep(-0.45, 0.2, noise(u * 0.6 + seed, 4.4));
      for (let y = Math.max(0, Math.floor(foot - tall)); y < Math.min(horizonY, foot + unit * 0.03); y += 1) {
        const up = (foot - y) / tall;
        const light = up < 0 ? Math.exp((up * tall) / (unit * 0.008)) : Math.max(0, 1 - up) ** 1.7;
        const colour = mix(lower, upper, smoothstep(0.15, 0.85, up));
        canvas.blend(y * width + x, colour, Math.min(0.9, light * fold * present * strength));
      }
    }
  }
}
