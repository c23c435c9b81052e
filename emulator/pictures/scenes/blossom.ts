import { gradient, type Lab, lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown, paintBokeh } from "../elements/light.ts";
import { fiveFold } from "../elements/petals.ts";
import { stampColours, wholeOf } from "../stamp.ts";

interface Twig {
  x: number;
  y: number;
  angle: number;
}

/** A flowering branch against soft light: cherry in spring, plum in snow or ink. */
export async function paintBlossom(easel: Easel): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const isInk = asksFor(easel, "ink");
  const sky = isInk ? lch(0.94, 0.016, 88) : (palette.sky[1] ?? palette.mist);
  const low = isInk ? lch(0.9, 0.02, 85) : mix(palette.mist, palette.accent, 0.12);
  fillDown(easel, gradient([sky, mix(sky, low, 0.5), low]));
  if (!isInk) {
    const colours = [
      mix(palette.accent, palette.light, 0.6),
      palette.light,
      mix(palette.leaf, palette.light, 0.55),
    ];
    paintBokeh(easel, { colours, count: 34, size: 0.11, strength: palette.isDark ? 0.12 : 0.32 });
  }
  const isRed = asksFor(easel, "red") || (isInk && !asksFor(easel, "white", "pink"));
  const outer = asksFor(easel, "white")
    ? lch(0.95, 0.015, 20)
    : isRed
      ? lch(0.55, 0.2, 22)
      : lch(0.87, 0.07, 3);
  const inner = isRed ? lch(0.66, 0.17, 25) : lch(0.96, 0.025, 20);
  const bark = isInk ? lch(0.24, 0.012, 60) : palette.isDark ? lch(0.2, 0.03, 30) : lch(0.34, 0.045, 35);
  const fromLeft = random() < 0.5;
  await farBranches(easel, toHex(mix(bark, low, 0.62)), toHex(mix(outer, low, 0.4)));
  const twigs: Twig[] = [];
  const wood: string[] = [];
  const grow = (x: number, y: number, angle: number, thick: number, left: number): void => {
    let px = x;
    let py = y;
    let turn = angle;
    const steps = 7;
    for (let step = 0; step < steps; step += 1) {
      const long = unit * 0.052 * (0.8 + random() * 0.5);
      turn += (random() - 0.5) * 0.5;
      const nx = px + Math.cos(turn) * long;
      const ny = py + Math.sin(turn) * long;
      const stroke = thick * (1 - (0.55 * step) / steps);
      wood.push(
        `<path d="M${px} ${py}L${nx} ${ny}" stroke="${toHex(shift(bark, (random() - 0.5) * 0.03))}" stroke-width="${stroke}" stroke-linecap="round"/>`,
      );
      wood.push(
        `<path d="M${px} ${py - stroke * 0.25}L${nx} ${ny - stroke * 0.25}" stroke="${toHex(shift(bark, 0.09))}" stroke-width="${stroke * 0.22}" stroke-linecap="round" stroke-opacity="0.6"/>`,
      );
      px = nx;
      py = ny;
      if (left > 0 && step > 0 && random() < (left === 1 ? 0.34 : 0.6)) {
        grow(px, py, turn + (random() < 0.5 ? 1 : -1) * between(random, 0.5, 1), stroke * 0.55, left - 1);
      }
      if (left < 3) {
        twigs.push({ x: px, y: py, angle: turn });
      }
    }
  };
  grow(
    fromLeft ? -unit * 0.04 : width + unit * 0.04,
    height * between(random, 0.55, 0.85),
    fromLeft ? -0.42 : Math.PI + 0.42,
    unit * 0.034,
    3,
  );
  await stampColours(canvas, wholeOf(canvas), wood.join(""));
  const heart = isRed ? lch(0.86, 0.13, 85) : lch(0.62, 0.14, 15);
  await stampColours(canvas, wholeOf(canvas), bloomsOn(easel, twigs, { inner, outer, heart }));
  await fallingPetals(easel, toHex(outer));
}

/** Flowers along the twigs, in clusters; each is one of a few patterns, turned and tipped. */
function bloomsOn(
  easel: Easel,
  twigs: readonly Twig[],
  colours: { inner: Lab; outer: Lab; heart: Lab },
): string {
  const { random, canvas } = easel;
  const { unit } = canvas;
  const patterns = Array.from({ length: 5 }, (_, index) => {
    const outer = shift(colours.outer, (random() - 0.5) * 0.06);
    return `<g id="p${index}">${fiveFold(random, { radius: 100, inner: colours.inner, outer, heart: colours.heart, id: `b${index}` })}</g>`;
  });
  const flowers: string[] = [];
  for (const twig of twigs) {
    if (flowers.length < 230 && random() < 0.62) {
      const size = (unit * between(random, 0.017, 0.036)) / 100;
      const x = twig.x + (random() - 0.5) * unit * 0.028;
      const y = twig.y + (random() - 0.5) * unit * 0.028;
      const turn = Math.round(random() * 360);
      flowers.push(
        `<use href="#p${Math.floor(random() * patterns.length)}" transform="translate(${x} ${y}) rotate(${turn}) scale(${size} ${size * between(random, 0.66, 1)})"/>`,
      );
    }
  }
  return `<defs>${patterns.join("")}</defs>${flowers.join("")}`;
}

/** Branches out of focus behind the sharp one. */
async function farBranches(easel: Easel, bark: string, bloom: string): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const shapes: string[] = [];
  for (let branch = 0; branch < 4; branch += 1) {
    const y = height * random() * 0.7;
    const end = y + (random() - 0.6) * height * 0.5;
    shapes.push(
      `<path d="M${random() < 0.5 ? 0 : width} ${y}Q${width / 2} ${y - height * 0.1} ${width * random()} ${end}" fill="none" stroke="${bark}" stroke-width="${unit * 0.012}"/>`,
    );
    for (let dot = 0; dot < 14; dot += 1) {
      shapes.push(
        `<circle cx="${width * random()}" cy="${y + (end - y) * random() + (random() - 0.5) * unit * 0.12}" r="${unit * between(random, 0.014, 0.03)}" fill="${bloom}" fill-opacity="0.8"/>`,
      );
    }
  }
  await stampColours(canvas, wholeOf(canvas), shapes.join(""), unit * 0.009, 0.75);
}

async function fallingPetals(easel: Easel, colour: string): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const shapes = Array.from({ length: 22 }, () => {
    const size = unit * between(random, 0.006, 0.013);
    return `<ellipse cx="${width * random()}" cy="${height * random()}" rx="${size}" ry="${size * 0.5}" transform="rotate(${random() * 180} ${width / 2} ${height / 2})" fill="${colour}" fill-opacity="0.85"/>`;
  });
  await stampColours(canvas, wholeOf(canvas), shapes.join(""), unit * 0.0008);
}
