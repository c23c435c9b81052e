import type { Random } from "../../core/random.ts";
import { gradient, type Lab, lch } from "../colour.ts";
import { asksFor, type Easel } from "../easel.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";

/** Colour poured into colour: folds of flowing noise with a light that runs along them. */
export function paintAbstract(easel: Easel): void {
  const { canvas, noise, random } = easel;
  const { width, height, unit } = canvas;
  const course = gradient(coloursOf(easel, random));
  const seed = random() * 80;
  const scale = 0.75 + random() * 0.5;
  const area = { width, top: 0, bottom: height, step: 4 };
  const first = new Field(area, (x, y) => fractal(noise, (x / unit) * scale + seed, (y / unit) * scale, 3));
  const second = new Field(area, (x, y) => {
    const a = first.at(x, y);
    const b = first.at(x + unit * 0.37, y + unit * 0.21);
    return fractal(noise, (x / unit) * scale + a * 1.7 + seed, (y / unit) * scale + b * 1.7, 3);
  });
  const third = new Field({ ...area, step: 3 }, (x, y) => {
    const a = second.at(x, y);
    const b = second.at(x + unit * 0.29, y - unit * 0.33);
    return fractal(noise, (x / unit) * scale * 1.2 + a * 2.1, (y / unit) * scale * 1.2 + b * 2.1 + seed, 4);
  });
  const hasGold = asksFor(easel, "gold", "golden") || random() < 0.4;
  const gold = lch(0.82, 0.12, 85);
  const step = unit * 0.004;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = third.at(x, y);
      const index = y * width + x;
      const colour = course(0.5 + value * 0.72 + second.at(x, y) * 0.22);
      const relief = (third.at(x + step, y + step) - value) * 2.6;
      canvas.set(index, [colour[0] + Math.max(-0.09, Math.min(0.11, relief)), colour[1], colour[2]]);
      if (hasGold) {
        const vein = Math.abs(second.at(x, y) - first.at(x, y) * 0.4);
        canvas.blend(
          index,
          [gold[0] + relief * 1.5, gold[1], gold[2]],
          smoothstep(0.012, 0.004, vein) * 0.85,
        );
      }
    }
  }
}

const SETS: readonly (readonly (readonly [number, number, number])[])[] = [
  [
    [0.2, 0.07, 255],
    [0.36, 0.11, 250],
    [0.62, 0.1, 225],
    [0.9, 0.03, 95],
    [0.72, 0.13, 50],
  ],
  [
    [0.24, 0.05, 200],
    [0.45, 0.09, 190],
    [0.75, 0.09, 165],
    [0.94, 0.03, 100],
    [0.7, 0.14, 35],
  ],
  [
    [0.22, 0.08, 300],
    [0.45, 0.16, 335],
    [0.68, 0.17, 20],
    [0.85, 0.12, 65],
    [0.95, 0.03, 90],
  ],
  [
    [0.93, 0.02, 80],
    [0.82, 0.06, 55],
    [0.66, 0.1, 40],
    [0.45, 0.07, 25],
    [0.28, 0.03, 260],
  ],
  [
    [0.16, 0.03, 265],
    [0.3, 0.07, 262],
    [0.55, 0.1, 245],
    [0.8, 0.06, 215],
    [0.96, 0.01, 200],
  ],
];

function coloursOf(easel: Easel, random: Random): Lab[] {
  const { palette } = easel;
  const hasWish = asksFor(
    easel,
    "red",
    "orange",
    "yellow",
    "green",
    "teal",
    "blue",
    "purple",
    "pink",
    "pastel",
    "neon",
  );
  if (hasWish && !asksFor(easel, "blue")) {
    return [palette.near, palette.far, palette.accent, palette.glow, palette.light, palette.leaf];
  }
  const chosen = asksFor(easel, "blue") ? SETS[4] : SETS[Math.floor(random() * SETS.length)];
  return (chosen ?? []).map(([lightness, chroma, hue]) => lch(lightness, chroma, hue));
}
