import { mix, shift } from "../colour.ts";
import { asksFor, between, type Easel, placeCelestial } from "../easel.ts";
import { paintReeds } from "../elements/reeds.ts";
import { paintRange } from "../elements/ridges.ts";
import { paintSky } from "../elements/sky.ts";
import { paintGlitter, paintReflection } from "../elements/water.ts";
import type { Stage } from "../props/place-props.ts";

/** Mountains and their reflection, with something small in the foreground. */
export async function paintLake(easel: Easel): Promise<Stage> {
  const { random, canvas, brief, palette } = easel;
  const isTall = canvas.height > canvas.width;
  const shore = between(random, 0.56, 0.63) - (isTall ? 0.04 : 0);
  const celestial = placeCelestial(easel, shore - 0.12);
  paintSky(easel, { horizon: shore, celestial });
  const isMisty = asksFor(easel, "mist", "ink", "rain") || brief.mood === "dawn";
  paintRange(easel, {
    layers: 3 + Math.floor(random() * 3),
    top: shore - between(random, 0.13, 0.18),
    bottom: shore - 0.012,
    rough: between(random, 0.45, 0.95),
    rise: between(random, 0.12, 0.22),
    mist: isMisty ? 1 : between(random, 0.5, 0.8),
    hasSnow: asksFor(easel, "snow", "winter") || brief.mood === "snow",
    hasTrees: random() < 0.85,
    ...(asksFor(easel, "peak") ? { peakAt: between(random, 0.36, 0.64) } : {}),
  });
  const shoreY = shore * canvas.height;
  coverBelow(easel, shoreY);
  paintReflection(easel, shoreY, { calm: asksFor(easel, "rain", "storm") ? 0.3 : between(random, 0.7, 1) });
  if (celestial !== undefined) {
    paintGlitter(easel, shoreY, celestial, 0.75);
  }
  paintShoreMist(easel, shoreY, isMisty ? 0.85 : 0.35);
  if (!asksFor(easel, "minimal") && random() < 0.6) {
    await paintReeds(easel, { colour: shift(mix(palette.near, palette.leaf, 0.25), -0.04) });
  }
  return { horizon: shore, ground: shore + 0.004, water: between(random, shore + 0.1, 0.82) };
}

function coverBelow({ canvas, palette }: Easel, shoreY: number): void {
  for (let y = Math.round(shoreY); y < canvas.height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      canvas.set(y * canvas.width + x, palette.water);
    }
  }
}

/** A thin breath of mist along the shore line. */
export function paintShoreMist(
  { canvas, palette, noise, random }: Easel,
  shoreY: number,
  strength: number,
): void {
  const { width, height, unit } = canvas;
  const seed = random() * 30;
  const reach = unit * 0.035;
  for (
    let y = Math.max(0, Math.floor(shoreY - reach * 2));
    y < Math.min(height, shoreY + reach * 2);
    y += 1
  ) {
    const away = (y - shoreY) / reach;
    for (let x = 0; x < width; x += 1) {
      const thick = 0.55 + 0.6 * noise((x / unit) * 1.7 + seed, (y / unit) * 5);
      canvas.blend(
        y * width + x,
        palette.mist,
        Math.min(0.9, Math.max(0, strength * thick * Math.exp(-away * away * 1.3))),
      );
    }
  }
}
