import { mix, shift } from "../colour.ts";
import type { Celestial, Easel } from "../easel.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";

/**
 * Still water from a line (pixels from the top) down: the picture above upside down, broken up by ripples
 * that grow towards the viewer, tinted by the water.
 */
export function paintReflection(easel: Easel, shoreY: number, options: { calm: number }): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const first = Math.round(shoreY);
  const depth = Math.max(1, height - first);
  const seed = random() * 40;
  const rough = 1 - options.calm;
  const gusts = new Field({ width, top: first, bottom: height, step: 10 }, (x, y) =>
    fractal(noise, (x / unit) * 1.3 + seed, (y / unit) * 7 + seed, 3),
  );
  for (let y = first; y < height; y += 1) {
    const near = (y - first) / depth;
    const squeeze = 0.82 + 0.18 * near;
    const flat = 26 / (0.12 + near);
    for (let x = 0; x < width; x += 1) {
      const gust = smoothstep(0.05, 0.5, gusts.at(x, y));
      const ripple = noise((x / unit) * (5 + 5 / (0.25 + near)), (y / unit) * flat * 1.6 + seed);
      const swing = ripple * unit * (0.0015 + 0.014 * near) * (0.35 + rough + gust * 1.2);
      const source = first - (y - first) * squeeze + swing;
      const mirrored = canvas.at(x + swing * 0.25, Math.min(first - 1, source));
      const tint = 0.12 + 0.3 * near + gust * 0.16;
      const wet = mix(shift(mirrored, -0.025 - 0.045 * near), palette.water, tint);
      const sheen = Math.max(0, ripple) * gust * 0.05;
      canvas.set(y * width + x, shift(wet, sheen));
    }
  }
}

/** The path of light that sun or moon lays over water, in flecks that grow towards the viewer. */
export function paintGlitter(easel: Easel, shoreY: number, celestial: Celestial, strength = 1): void {
  const { canvas, palette, noise } = easel;
  const { width, height, unit } = canvas;
  const first = Math.round(shoreY);
  const centre = celestial.x * width;
  for (let y = first; y < height; y += 1) {
    const near = (y - first) / Math.max(1, height - first);
    const reach = unit * (0.018 + 0.15 * near + celestial.radius * 0.5);
    const from = Math.max(0, Math.floor(centre - reach * 2.6));
    const to = Math.min(width, Math.ceil(centre + reach * 2.6));
    for (let x = from; x < to; x += 1) {
      const away = (x - centre) / reach;
      const fleck = noise((x / unit) * (9 + 16 / (0.2 + near)), (y / unit) * (70 / (0.25 + near)) + 3);
      const light =
        Math.exp(-away * away * 1.4) *
        smoothstep(-0.15 + 0.45 * near, 0.75, fleck + 0.25 * Math.exp(-away * away));
      canvas.blend(y * width + x, palette.sun, Math.min(0.92, light * strength * (0.95 - 0.35 * near)));
    }
  }
}
