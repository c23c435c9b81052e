import { gradient, type Lab, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { dab, paintCrown } from "../elements/foliage.ts";
import { fillDown, paintBeams } from "../elements/light.ts";
import { fractal, smoothstep } from "../noise.ts";
import type { Stage } from "../props/place-props.ts";

/** Tall trunks one behind the other, fading into lit mist; light falls in from above. */
export function paintForest(easel: Easel): Stage {
  const { palette, random, brief } = easel;
  const isDark = palette.isDark;
  const far = mix(palette.mist, palette.glow, isDark ? 0.15 : 0.45);
  const deep = mix(palette.near, palette.leaf, 0.45);
  fillDown(
    easel,
    gradient([
      shift(mix(far, deep, 0.35), 0.02),
      far,
      shift(far, 0.025),
      mix(far, deep, 0.45),
      mix(deep, palette.near, 0.5),
    ]),
  );
  const isBare = asksFor(easel, "winter") || brief.mood === "snow";
  const isRed = brief.mood === "autumn";
  const leaf = isRed ? palette.leaf : mix(palette.leaf, palette.near, isDark ? 0.3 : 0.12);
  const layers = 6;
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const air = (1 - depth) ** 1.25;
    const bark = mix(shift(palette.near, isRed ? -0.04 : 0), far, air * 0.92);
    paintGround(
      easel,
      depth,
      mix(mix(deep, palette.near, 0.3 + 0.4 * depth), far, air * 0.85),
      isBare ? palette.light : undefined,
    );
    paintTrunks(easel, depth, bark);
    if (!isBare) {
      paintCanopy(easel, depth, {
        dark: mix(shift(leaf, -0.14), far, air * 0.8),
        light: mix(shift(leaf, isDark ? 0.03 : 0.1), far, air * 0.7),
      });
    }
    if (layer === 3) {
      paintBeams(
        easel,
        { x: between(random, 0.1, 0.9), y: -0.15 },
        {
          colour: mix(palette.glow, palette.sun, 0.3),
          strength: isDark ? 0.16 : 0.42,
          count: 8,
        },
      );
    }
  }
  paintUndergrowth(easel, {
    dark: shift(mix(palette.near, leaf, 0.15), -0.03),
    light: mix(palette.near, leaf, isBare ? 0.15 : 0.55),
  });
  return { horizon: 0.5, ground: between(random, 0.84, 0.88) };
}

function groundRow({ canvas, noise }: Easel, depth: number, x: number): number {
  const { height, unit } = canvas;
  return (
    height * (0.66 + 0.24 * depth ** 1.5) +
    unit * 0.02 * fractal(noise, (x / unit) * 2.2 + depth * 9, depth * 4, 3)
  );
}

function paintGround(easel: Easel, depth: number, colour: Lab, snow: Lab | undefined): void {
  const { canvas, palette } = easel;
  const { width, height } = canvas;
  const ground = snow === undefined ? colour : mix(colour, snow, 0.72);
  for (let x = 0; x < width; x += 1) {
    const top = Math.floor(groundRow(easel, depth, x));
    for (let y = top; y < height; y += 1) {
      const part = smoothstep(0, height * 0.09, y - top);
      canvas.blend(y * width + x, mix(palette.mist, ground, 0.35 + 0.65 * part), part * 0.85);
    }
  }
}

function paintTrunks(easel: Easel, depth: number, bark: Lab): void {
  const { canvas, random, noise, palette } = easel;
  const { width, height, unit } = canvas;
  const count = Math.round((22 - 16 * depth) * (width / unit));
  const lit = mix(bark, palette.glow, 0.25 * depth + 0.1);
  for (let trunk = 0; trunk < count; trunk += 1) {
    const x = ((trunk + 0.1 + 0.8 * random()) / count) * width * 1.06 - width * 0.03;
    // The middle stays open, so that the eye can walk in.
    if (depth > 0.55 && Math.abs(x / width - 0.5) < 0.1 + 0.1 * depth) {
      continue;
    }
    const thick = unit * (0.004 + 0.03 * depth ** 1.6) * between(random, 0.6, 1.3);
    const lean = (random() - 0.5) * 0.05;
    const foot = groundRow(easel, depth, x) + unit * 0.03 * depth;
    const seed = random() * 40;
    for (let y = 0; y < Math.min(height, foot); y += 1) {
      const up = (foot - y) / height;
      const flare = 1 + 1.1 * Math.exp(-up * 26);
      const half = thick * 0.5 * flare * (1 - 0.32 * up) * (1 + 0.06 * noise(y / thick / 3, seed));
      const centre = x + lean * (foot - y) + unit * 0.006 * noise((y / unit) * 3, seed);
      const fade = depth > 0.7 ? 1 : smoothstep(0, height * 0.06, foot - y) * 0.9 + 0.1;
      for (
        let column = Math.max(0, Math.floor(centre - half - 1));
        column <= Math.min(width - 1, centre + half + 1);
        column += 1
      ) {
        const across = (column - centre) / half;
        const edge = Math.min(1, Math.max(0, half + 0.5 - Math.abs(column - centre)));
        const groove = 0.022 * depth * noise((column / thick) * 7, (y / thick) * 1.4 + seed);
        const tone = mix(bark, lit, smoothstep(0.1, -0.95, across));
        canvas.blend(y * width + column, shift(tone, groove - 0.02 * across * depth), edge * fade);
      }
    }
  }
}

function paintCanopy(easel: Easel, depth: number, colours: { dark: Lab; light: Lab }): void {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const count = Math.round(26 * (width / unit));
  for (let crown = 0; crown < count; crown += 1) {
    const size = unit * between(random, 0.1, 0.26) * (0.6 + 0.6 * depth);
    const x = ((crown + random()) / count) * width;
    const away = Math.abs(x / width - 0.5) * 2;
    const reach = 0.03 + (0.1 + 0.26 * depth) * away ** 1.3;
    paintCrown(easel, {
      x,
      y: height * (reach * random() ** 1.4 * 1.5 - 0.02),
      width: size * 1.5,
      height: size * 0.62,
      ...colours,
      count: Math.round((90 + 130 * depth) * (0.5 + random())),
      size: unit * (0.0034 + 0.0042 * depth),
    });
  }
}

/** Ferns and small leaves along the lower edge. */
function paintUndergrowth(easel: Easel, colours: { dark: Lab; light: Lab }): void {
  const { canvas, random, noise } = easel;
  const { width, height, unit } = canvas;
  const count = Math.round(5200 * (width / unit));
  for (let leaf = 0; leaf < count; leaf += 1) {
    const order = leaf / count;
    const x = random() * width;
    const away = Math.abs(x / width - 0.5) * 2;
    const bank = 0.02 + 0.15 * away ** 1.5 + 0.035 * noise((x / unit) * 6, 8.5);
    const y = height * (1.01 - Math.max(0.01, bank) * random() ** 0.8 * (1 - order * 0.2));
    const tone = Math.min(1, order * 0.55 + random() * 0.45);
    dab(
      easel,
      {
        x,
        y,
        radius: unit * between(random, 0.004, 0.013),
        flat: 0.2,
        angle: -1.57 + (random() - 0.5) * 2.2,
      },
      mix(colours.dark, colours.light, tone),
      0.8,
    );
  }
}
