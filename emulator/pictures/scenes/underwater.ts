import { gradient, lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown, paintBeams, paintBokeh } from "../elements/light.ts";
import { fractal } from "../noise.ts";
import { stampColours, stampMask, wholeOf } from "../stamp.ts";

/** Blue water with light from above, a reef below; fish in a school, or jellyfish that glow. */
export async function paintUnderwater(easel: Easel): Promise<void> {
  const { palette, random } = easel;
  const hue = asksFor(easel, "green", "teal") ? 190 : 228;
  const surface = mix(lch(palette.isDark ? 0.5 : 0.86, 0.075, hue - 22), palette.light, 0.1);
  const water = lch(palette.isDark ? 0.3 : 0.5, 0.1, hue + 8);
  const deep = lch(palette.isDark ? 0.13 : 0.23, 0.075, hue + 26);
  fillDown(easel, gradient([surface, mix(surface, water, 0.6), water, mix(water, deep, 0.6), deep]));
  paintBeams(
    easel,
    { x: between(random, 0.25, 0.75), y: -0.25 },
    { colour: shift(surface, 0.08), strength: 0.5, count: 11 },
  );
  const isJelly = random() < 0.5 && !asksFor(easel, "fish");
  for (const depth of [0.25, 0.6, 1]) {
    paintReef(easel, depth, mix(shift(deep, -0.05), water, (1 - depth) * 0.75));
  }
  await (isJelly ? paintJellyfish(easel) : paintSchool(easel, shift(deep, -0.02)));
  paintBokeh(easel, { colours: [surface], count: 30, size: 0.007, strength: 0.5 });
}

function paintReef(easel: Easel, depth: number, colour: readonly [number, number, number]): void {
  const { canvas, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 60;
  for (let x = 0; x < width; x += 1) {
    const u = x / unit;
    const mound = fractal(noise, u * 1.1 + seed, depth * 5, 3);
    const growth = Math.max(0, fractal(noise, u * 14 + seed, depth * 9, 3)) * 0.07 * depth;
    const away = Math.abs(x / width - 0.5) * 2;
    const top =
      height * (0.98 - 0.14 * depth * away - 0.05) - unit * (0.1 * mound + growth) * (0.5 + 0.6 * depth);
    for (let y = Math.max(0, Math.floor(top)); y < height; y += 1) {
      const speckle = 0.02 * noise(x * 0.09, y * 0.09) * depth;
      canvas.blend(
        y * width + x,
        [colour[0] + speckle - 0.03 * ((y - top) / height), colour[1], colour[2]],
        y === Math.floor(top) ? 0.5 : 0.96,
      );
    }
  }
}

async function paintSchool(easel: Easel, colour: readonly [number, number, number]): Promise<void> {
  const { canvas, random, palette } = easel;
  const { width, height, unit } = canvas;
  const isKoi = asksFor(easel, "red", "orange", "gold", "white") || random() < 0.35;
  const shapes: string[] = [];
  const turn = random() < 0.5 ? 1 : -1;
  const count = isKoi ? 13 : 110;
  for (let fish = 0; fish < count; fish += 1) {
    const around = random() * 2 * Math.PI;
    const far = Math.sqrt(random());
    const x = width * (0.5 + 0.36 * far * Math.cos(around));
    const y = height * (0.46 + 0.24 * far * Math.sin(around));
    const size = unit * (isKoi ? between(random, 0.08, 0.16) : between(random, 0.014, 0.04));
    const angle = (random() - 0.5) * (isKoi ? 70 : 26);
    const fill = isKoi
      ? toHex(random() < 0.6 ? mix(palette.accent, lch(0.68, 0.18, 45), 0.5) : lch(0.94, 0.02, 60))
      : "#000";
    shapes.push(
      `<g transform="translate(${x} ${y}) rotate(${angle}) scale(${size * turn} ${size})" fill="${fill}">${FISH}</g>`,
    );
  }
  if (isKoi) {
    await stampMask(
      canvas,
      wholeOf(canvas),
      `<g transform="translate(${unit * 0.02} ${unit * 0.05})">${shapes.join("")}</g>`,
      { colour, strength: 0.3, blur: unit * 0.012 },
    );
    await stampColours(canvas, wholeOf(canvas), shapes.join(""), unit * 0.0008, 0.95);
  } else {
    await stampMask(canvas, wholeOf(canvas), shapes.join(""), {
      colour,
      strength: 0.85,
      blur: unit * 0.0008,
    });
  }
}

// A fish about one unit long, head to the right.
const FISH =
  '<path d="M0.5 0C0.36 -0.15 0.08 -0.2 -0.2 -0.06C-0.32 -0.1 -0.44 -0.2 -0.52 -0.22C-0.47 -0.1 -0.46 0.06 -0.54 0.22C-0.42 0.16 -0.32 0.08 -0.2 0.06C0.08 0.19 0.36 0.14 0.5 0Z"/><path d="M0.16 -0.13C0.06 -0.24 -0.06 -0.24 -0.12 -0.2L-0.06 -0.1Z"/><path d="M0.2 0.1C0.12 0.22 0.04 0.26 -0.04 0.25L0.04 0.1Z"/>';

async function paintJellyfish(easel: Easel): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  for (let index = 0; index < 6; index += 1) {
    const size = unit * between(random, 0.06, 0.15) * (index === 5 ? 1.5 : 1);
    const x = width * between(random, 0.15, 0.85);
    const y = height * between(random, 0.18, 0.6);
    const hue = between(random, 210, 340);
    const glow = toHex(lch(0.86, 0.09, hue));
    const arms: string[] = [];
    for (let arm = 0; arm < 13; arm += 1) {
      const from = (arm / 12 - 0.5) * 1.5;
      const sway = (random() - 0.5) * 0.9;
      const long = between(random, 1.2, 2.7);
      arms.push(
        `<path d="M${from} 0.04C${from + sway} ${long * 0.35} ${from - sway} ${long * 0.7} ${from + sway * 0.6} ${long}" fill="none" stroke="${glow}" stroke-width="${arm % 4 === 0 ? 0.075 : 0.02}" stroke-opacity="${arm % 4 === 0 ? 0.32 : 0.6}" stroke-linecap="round"/>`,
      );
    }
    const bell = `<defs><radialGradient id="j${index}" cx="0.5" cy="0.9" r="0.95"><stop offset="0" stop-color="${glow}" stop-opacity="0.25"/><stop offset="0.7" stop-color="${glow}" stop-opacity="0.5"/><stop offset="1" stop-color="#ffffff" stop-opacity="0.9"/></radialGradient></defs><path d="M-0.85 0.06C-0.92 -0.7 -0.45 -1 0 -1C0.45 -1 0.92 -0.7 0.85 0.06C0.6 -0.06 0.45 0.14 0.26 0.02C0.1 0.16 -0.1 0.16 -0.26 0.02C-0.45 0.14 -0.6 -0.06 -0.85 0.06Z" fill="url(#j${index})"/><path d="M-0.4 -0.2C-0.4 -0.6 0.4 -0.6 0.4 -0.2" fill="none" stroke="#fff" stroke-opacity="0.4" stroke-width="0.05"/>`;
    const tilt = (random() - 0.5) * 36;
    const blur = index < 3 ? unit * 0.004 : 0;
    const strength = index < 3 ? 0.55 : 0.95;
    await stampColours(
      canvas,
      wholeOf(canvas),
      `<circle cx="${x}" cy="${y}" r="${size * 1.1}" fill="${glow}" fill-opacity="0.3"/>`,
      size * 0.5,
      0.8,
    );
    await stampColours(
      canvas,
      wholeOf(canvas),
      `<g transform="translate(${x} ${y}) rotate(${tilt}) scale(${size})">${arms.join("")}${bell}</g>`,
      blur,
      strength,
    );
  }
}
