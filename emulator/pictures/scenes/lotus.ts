import { gradient, lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown } from "../elements/light.ts";
import { lotusCup } from "../elements/petals.ts";
import { stampColours, wholeOf } from "../stamp.ts";

/** A pond from above at a slant: pads in drifts, a few open flowers. */
export async function paintLotus(easel: Easel): Promise<void> {
  const { canvas, palette, random, noise } = easel;
  const { width, height, unit } = canvas;
  const isInk = asksFor(easel, "ink");
  const water = isInk
    ? lch(0.88, 0.012, 100)
    : mix(lch(palette.isDark ? 0.22 : 0.42, 0.06, 205), palette.water, 0.45);
  const far = isInk ? lch(0.95, 0.01, 95) : mix(palette.mist, water, 0.25);
  fillDown(easel, gradient([far, mix(far, water, 0.55), water, shift(water, -0.06)]));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const near = y / height;
      canvas.lift(
        y * width + x,
        0.022 * noise((x / unit) * 3.5, (y / unit) * (22 - 12 * near)) * (0.4 + near),
      );
    }
  }
  const leaf = isInk ? lch(0.45, 0.012, 160) : mix(lch(0.55, 0.1, 148), palette.leaf, 0.3);
  const pads: string[] = [];
  const count = Math.round(70 * (width / unit));
  for (let index = 0; index < count; index += 1) {
    const near = 0.12 + 0.9 * (index / count) ** 0.9;
    const crowd = noise(random() * 7, near * 4);
    if (crowd < -0.25) {
      continue;
    }
    const x = random() * width;
    const y = height * near;
    const size = unit * (0.02 + 0.1 * near ** 1.4) * between(random, 0.65, 1.15);
    const tone = shift(
      mix(leaf, far, (1 - near) ** 1.6 * 0.75),
      (random() - 0.5) * 0.09 - (palette.isDark && !isInk ? 0.2 : 0),
    );
    pads.push(
      pad(x, y, size, random() * 360, toHex(tone), toHex(shift(tone, 0.08)), toHex(shift(water, -0.16))),
    );
  }
  await stampColours(canvas, wholeOf(canvas), pads.join(""));
  const places = Array.from({ length: 4 }, (_, index) => ({
    x: (0.14 + 0.24 * index + random() * 0.12) * width,
    near: between(random, 0.34, 0.86),
  }));
  const outer = asksFor(easel, "white") ? lch(0.93, 0.02, 90) : lch(0.74, 0.13, 358);
  const inner = lch(0.95, 0.03, 10);
  for (const [index, place] of places.toSorted((a, b) => a.near - b.near).entries()) {
    const radius = unit * (0.05 + 0.13 * place.near ** 1.3);
    const y = place.near * height;
    const cup = lotusCup(random, {
      radius,
      inner,
      outer: mix(outer, far, (1 - place.near) * 0.4),
      heart: inner,
      id: `l${index}`,
    });
    await stampColours(
      canvas,
      wholeOf(canvas),
      `<g transform="translate(${place.x} ${y}) scale(1 -0.5)">${cup.replaceAll(`l${index}`, `r${index}`)}</g>`,
      radius * 0.06,
      0.32,
    );
    await stampColours(canvas, wholeOf(canvas), `<g transform="translate(${place.x} ${y})">${cup}</g>`);
  }
}

function pad(
  x: number,
  y: number,
  size: number,
  turn: number,
  fill: string,
  vein: string,
  shadow: string,
): string {
  const veins = Array.from({ length: 9 }, (_, index) => {
    const angle = ((index + 0.5) / 9) * 2 * Math.PI * 0.94 + 0.2;
    return `M0 0L${(Math.cos(angle) * size * 0.9).toFixed(1)} ${(Math.sin(angle) * size * 0.9).toFixed(1)}`;
  }).join("");
  const edge = 0.2;
  const outline = `M0 0L${(Math.cos(-edge) * size).toFixed(1)} ${(Math.sin(-edge) * size).toFixed(1)}A${size} ${size} 0 1 0 ${(Math.cos(edge) * size).toFixed(1)} ${(Math.sin(edge) * size).toFixed(1)}Z`;
  return `<g transform="translate(${x} ${y}) scale(1 0.36)"><path transform="translate(0 ${size * 0.12}) rotate(${turn})" d="${outline}" fill="${shadow}" fill-opacity="0.5"/><g transform="rotate(${turn})"><path d="${outline}" fill="${fill}"/><path d="${veins}" stroke="${vein}" stroke-width="${size * 0.02}" fill="none" stroke-opacity="0.8"/></g></g>`;
}
