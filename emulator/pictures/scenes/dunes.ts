import { type Lab, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel, placeCelestial } from "../easel.ts";
import { paintSky } from "../elements/sky.ts";
import { fractal, smoothstep } from "../noise.ts";
import type { Stage } from "../props/place-props.ts";

/** Sand in long curves, each crest parting light from shadow. */
export function paintDunes(easel: Easel): Stage {
  const { canvas, random, palette, brief } = easel;
  const horizon = between(random, 0.36, 0.5);
  const celestial = placeCelestial(easel, horizon);
  paintSky(easel, { horizon: horizon + 0.06, celestial });
  const isCold = asksFor(easel, "snow", "white", "minimal") || brief.mood === "snow";
  const base = isCold ? mix(palette.light, palette.shade, 0.25) : sandOf(easel);
  const light = mix(base, palette.glow, 0.4);
  const shade = isCold ? mix(palette.shade, base, 0.3) : mix(shift(base, -0.24, 0.95), palette.far, 0.35);
  const side = (celestial?.x ?? random()) < 0.5 ? -1 : 1;
  const layers = 5;
  const dunes: Dune[] = [];
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const haze = (1 - depth) ** 1.4 * 0.62;
    const top = (horizon + 0.02 + (1 - horizon) * 0.82 * depth ** 1.4) * canvas.height;
    const rise = canvas.height * between(random, 0.05, 0.1) * (0.6 + 0.9 * depth);
    dunes.push({
      crests: crestsOf(easel, { top, rise, depth }),
      light: mix(light, palette.mist, haze),
      shade: mix(shade, palette.mist, haze),
      side,
      depth,
    });
  }
  for (const [index, dune] of dunes.entries()) {
    paintDune(easel, dune, dunes.slice(index + 1));
  }
  return { horizon, ground: between(random, 0.78, 0.88) };
}

function sandOf({ palette, brief }: Easel): Lab {
  if (brief.mood === "night" || brief.mood === "blue-hour" || brief.mood === "neon") {
    return mix(lch(0.45, 0.06, 60), palette.far, 0.6);
  }
  return mix(lch(0.74, 0.1, 62), palette.glow, 0.25);
}

interface Dune {
  /** The crest's row for columns from one picture's width left of the picture to one right of it. */
  crests: Float32Array;
  light: Lab;
  shade: Lab;
  side: number;
  depth: number;
}

function crestsOf(
  { canvas, noise, random }: Easel,
  form: { top: number; rise: number; depth: number },
): Float32Array {
  const { width, unit } = canvas;
  const seed = random() * 90;
  const stretch = (1.5 - 0.75 * form.depth) / unit;
  return Float32Array.from({ length: width * 3 }, (_, column) => {
    const swell = fractal(noise, (column - width) * stretch + seed, form.depth * 5, 2, 0.35);
    // Folded at the top, as sand that slips on its lee side.
    return form.top - form.rise * (1.25 * (1 - Math.abs(swell) * 1.7) - 0.3);
  });
}

function paintDune(easel: Easel, dune: Dune, nearer: readonly Dune[]): void {
  const { canvas, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 90;
  const crestAt = (x: number): number =>
    dune.crests[Math.min(width * 3 - 1, Math.max(0, Math.round(x) + width))] ?? height;
  // How far the line between the faces strays from its course, by row.
  const spine = Float32Array.from(
    { length: height },
    (_, y) =>
      unit * (0.22 * fractal(noise, (y / unit) * 1.7 + seed, seed, 2) + 0.05 * noise((y / unit) * 6, seed)),
  );
  const reach = unit * 0.02;
  const wind = random() * 6;
  for (let x = 0; x < width; x += 1) {
    const crest = crestAt(x);
    const hidden = Math.min(
      height,
      ...nearer.map(({ crests }) => Math.ceil(crests[x + width] ?? height) + 1),
    );
    for (let y = Math.max(0, Math.floor(crest)); y < hidden; y += 1) {
      const below = (y - crest) / unit;
      // The line between the faces runs down from the crest in a slow S.
      const bent = x + dune.side * (y - crest) * 0.75 + (spine[y] ?? 0) * Math.min(1, below * 3.2);
      const slope = (crestAt(bent + reach) - crestAt(bent - reach)) / (reach * 2);
      const lit = smoothstep(-0.1, 0.13, slope * dune.side * -1);
      const waves =
        noise((x / unit) * 5, (y / unit) * 9) * 4.5 + fractal(noise, (x / unit) * 1.3, seed, 2) * 2;
      const ripple =
        Math.sin((y / unit) * (210 - 120 * dune.depth) + wind + waves) *
        0.011 *
        smoothstep(0.25, 1, dune.depth) *
        lit;
      const fall = Math.min(0.07, below * 0.11);
      const colour = shift(mix(dune.shade, dune.light, lit), ripple - fall * (1 - 0.4 * lit));
      canvas.blend(y * width + x, colour, y === Math.floor(crest) ? 1 - (crest - Math.floor(crest)) : 1);
    }
  }
}
