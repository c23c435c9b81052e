import { gradient, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown } from "../elements/light.ts";
import { fractal, smoothstep } from "../noise.ts";
import { stampMask, wholeOf } from "../stamp.ts";

// Head and shoulders in profile, facing right; about one unit tall, the chest on y = 0.
const PROFILES = [
  "M-0.46 0C-0.44 -0.14 -0.34 -0.2 -0.2 -0.24C-0.13 -0.27 -0.12 -0.34 -0.14 -0.4C-0.25 -0.48 -0.3 -0.6 -0.29 -0.72C-0.27 -0.9 -0.13 -1.0 0.03 -0.99C0.17 -0.98 0.25 -0.89 0.26 -0.79C0.262 -0.765 0.258 -0.745 0.255 -0.73C0.275 -0.69 0.305 -0.645 0.318 -0.62C0.322 -0.605 0.305 -0.597 0.285 -0.592C0.288 -0.575 0.296 -0.566 0.293 -0.553C0.29 -0.545 0.28 -0.541 0.276 -0.537C0.285 -0.531 0.29 -0.522 0.285 -0.511C0.28 -0.502 0.268 -0.499 0.266 -0.49C0.268 -0.47 0.268 -0.452 0.25 -0.44C0.215 -0.42 0.165 -0.425 0.128 -0.42C0.11 -0.37 0.11 -0.31 0.14 -0.26C0.26 -0.2 0.38 -0.14 0.42 0Z",
  "M-0.48 0C-0.45 -0.12 -0.36 -0.19 -0.2 -0.235C-0.12 -0.26 -0.1 -0.32 -0.11 -0.37C-0.17 -0.36 -0.27 -0.35 -0.31 -0.4C-0.35 -0.5 -0.33 -0.62 -0.32 -0.7C-0.32 -0.9 -0.16 -1.02 0.02 -1.01C0.17 -1 0.255 -0.91 0.262 -0.8C0.265 -0.77 0.26 -0.745 0.257 -0.73C0.272 -0.695 0.298 -0.655 0.31 -0.63C0.313 -0.617 0.298 -0.608 0.281 -0.603C0.284 -0.588 0.291 -0.58 0.288 -0.568C0.284 -0.56 0.276 -0.556 0.272 -0.552C0.281 -0.546 0.286 -0.537 0.281 -0.527C0.276 -0.519 0.265 -0.516 0.263 -0.507C0.266 -0.49 0.264 -0.472 0.247 -0.461C0.21 -0.44 0.16 -0.44 0.125 -0.432C0.1 -0.38 0.1 -0.31 0.13 -0.26C0.25 -0.21 0.37 -0.14 0.41 0Z",
] as const;

/** A profile that holds a landscape: two exposures on one sheet. */
export async function paintPortrait(
  easel: Easel,
  landscape: (easel: Easel) => Promise<unknown>,
): Promise<void> {
  const { canvas, palette, random, noise } = easel;
  const { width, height, unit } = canvas;
  await landscape(easel);
  const inner = Float32Array.from(canvas.data);
  const paper = asksFor(easel, "night", "black", "neon")
    ? shift(palette.sky[0] ?? palette.near, -0.03)
    : mix(lch(0.945, 0.016, 80), palette.mist, 0.35);
  fillDown(easel, gradient([shift(paper, 0.015), paper, shift(paper, -0.03)]));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      canvas.lift(
        y * width + x,
        0.008 * noise(x * 0.21, y * 0.21) + 0.014 * fractal(noise, (x / unit) * 1.6, (y / unit) * 1.6, 3),
      );
    }
  }
  const size = Math.min(height * 0.92, unit * 1.04);
  const facing = random() < 0.5 ? 1 : -1;
  const profile = PROFILES[Math.floor(random() * PROFILES.length)] ?? PROFILES[0];
  const x0 = width * (0.5 - 0.02 * facing);
  const shape = `<g transform="translate(${x0} ${height + size * 0.02}) scale(${size * facing} ${size})"><path d="${profile}"/></g>`;
  const shadowTone = mix(palette.near, palette.far, 0.2);
  await stampMask(canvas, wholeOf(canvas), shape, {
    colour: (x, y) => {
      const place = (y * width + x) * 3;
      const scene: [number, number, number] = [
        inner[place] ?? 0,
        inner[place + 1] ?? 0,
        inner[place + 2] ?? 0,
      ];
      // The face keeps more of its own shadow than the back of the head.
      const across = ((x - x0) * facing) / size;
      const face = smoothstep(0.02, 0.3, across) * smoothstep(height * 1.02, height * 0.5, y);
      const chest = smoothstep(height * 0.72, height, y);
      return mix(mix(scene, shadowTone, 0.1 + 0.34 * face), paper, chest * 0.45);
    },
    strength: 0.97,
    blur: unit * 0.0008,
  });
  const rim = `<g transform="translate(${x0} ${height + size * 0.02}) scale(${size * facing} ${size})"><path d="${profile}" fill="none" stroke="#000" stroke-width="0.006"/></g>`;
  await stampMask(canvas, wholeOf(canvas), rim, {
    colour: shift(shadowTone, -0.02),
    strength: between(random, 0.25, 0.4),
    blur: unit * 0.0015,
  });
}
