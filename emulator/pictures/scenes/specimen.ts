import { lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fractal } from "../noise.ts";
import { stampColours, stampMask, wholeOf } from "../stamp.ts";

// The right half of a moth with tailed wings and of a butterfly, about one unit from the body.
const MOTH = {
  fore: "M0.02 -0.16C0.16 -0.4 0.5 -0.62 0.94 -0.66C1.02 -0.66 1.02 -0.6 0.96 -0.54C0.84 -0.36 0.7 -0.2 0.6 -0.06C0.42 0.02 0.2 0.02 0.02 -0.02Z",
  hind: "M0.03 -0.04C0.24 -0.06 0.46 0.02 0.56 0.14C0.6 0.34 0.44 0.5 0.4 0.66C0.38 0.86 0.5 1.06 0.44 1.2C0.36 1.28 0.28 1.2 0.28 1.08C0.26 0.84 0.16 0.6 0.05 0.34Z",
} as const;
const BUTTERFLY = {
  fore: "M0.02 -0.16C0.1 -0.5 0.5 -0.86 0.9 -0.84C1.02 -0.82 1.0 -0.62 0.92 -0.42C0.84 -0.2 0.66 -0.02 0.4 0.02C0.24 0.04 0.1 0.02 0.02 -0.02Z",
  hind: "M0.03 -0.02C0.3 0 0.62 0.02 0.72 0.22C0.78 0.46 0.6 0.7 0.4 0.72C0.34 0.8 0.3 0.9 0.24 0.86C0.2 0.72 0.1 0.5 0.04 0.3Z",
} as const;

/** A moth or butterfly spread out on cloth, lit from one side as in a museum's drawer. */
export async function paintSpecimen(easel: Easel): Promise<void> {
  const { canvas, palette, random, noise } = easel;
  const { width, height, unit } = canvas;
  const isMoth =
    !asksFor(easel, "spring", "summer", "yellow", "orange", "day") ||
    asksFor(easel, "night", "black", "green");
  const cloth = asksFor(easel, "white", "minimal")
    ? lch(0.93, 0.012, 85)
    : mix(lch(0.19, 0.035, 285), palette.near, 0.3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const nap =
        0.012 * noise(x * 0.42, y * 0.31) + 0.02 * fractal(noise, (x / unit) * 3, (y / unit) * 3, 4);
      const away = Math.hypot(x / width - 0.42, y / height - 0.4);
      canvas.set(y * width + x, shift(cloth, nap + 0.075 - 0.15 * away));
    }
  }
  const wing = asksFor(easel, "blue")
    ? lch(0.55, 0.12, 250)
    : isMoth
      ? lch(0.83, 0.09, 145)
      : lch(0.74, 0.15, 62);
  const shape = isMoth ? MOTH : BUTTERFLY;
  const size = unit * 0.43;
  const place = `translate(${width * 0.5} ${height * 0.46}) scale(${size})`;
  const veins = Array.from({ length: 9 }, (_, index) => {
    const angle = -1.0 + index * 0.25;
    return `M0.03 -0.03Q${0.3 * Math.cos(angle)} ${0.3 * Math.sin(angle) - 0.04} ${0.92 * Math.cos(angle)} ${0.92 * Math.sin(angle)}`;
  }).join("");
  const spots = isMoth
    ? [
        [0.52, -0.34, 0.055],
        [0.34, 0.2, 0.06],
      ]
    : [
        [0.72, -0.6, 0.05],
        [0.8, -0.44, 0.035],
        [0.46, 0.4, 0.07],
        [0.56, 0.22, 0.045],
      ];
  const eyes = spots
    .map(([x = 0, y = 0, radius = 0]) => {
      const ring = toHex(shift(palette.accent, 0.06));
      return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${toHex(lch(0.25, 0.05, 30))}"/><circle cx="${x}" cy="${y}" r="${radius * 0.78}" fill="${ring}"/><circle cx="${x - radius * 0.1}" cy="${y - radius * 0.1}" r="${radius * 0.42}" fill="${toHex(lch(0.96, 0.03, 95))}"/>`;
    })
    .join("");
  const edge = toHex(isMoth ? lch(0.5, 0.1, 15) : lch(0.2, 0.03, 50));
  const half = `<g clip-path="url(#w)"><rect x="0" y="-1" width="1.2" height="2.4" fill="url(#g)"/><path d="${veins}" fill="none" stroke="${toHex(shift(wing, -0.16))}" stroke-width="0.008" stroke-opacity="0.6"/></g><path d="${shape.hind}" fill="none" stroke="${edge}" stroke-width="0.014" stroke-opacity="0.55"/><path d="${shape.fore}" fill="none" stroke="${edge}" stroke-width="0.022" stroke-opacity="0.8"/>${eyes}`;
  const defs = `<defs><clipPath id="w"><path d="${shape.hind}"/><path d="${shape.fore}"/></clipPath><radialGradient id="g" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1.15"><stop offset="0" stop-color="${toHex(shift(wing, 0.1, 0.5))}"/><stop offset="0.5" stop-color="${toHex(wing)}"/><stop offset="1" stop-color="${toHex(shift(wing, -0.14, 1.1))}"/></radialGradient></defs>`;
  const feelers =
    '<path d="M0.02 -0.22C0.06 -0.36 0.16 -0.44 0.26 -0.46" fill="none" stroke="#3a2c22" stroke-width="0.018"/>';
  const body = `<ellipse cx="0" cy="0.06" rx="0.06" ry="0.3" fill="${toHex(isMoth ? lch(0.93, 0.02, 85) : lch(0.25, 0.03, 50))}"/><ellipse cx="0" cy="-0.16" rx="0.07" ry="0.11" fill="${toHex(isMoth ? lch(0.88, 0.03, 80) : lch(0.3, 0.03, 50))}"/>`;
  const both = (part: string): string =>
    `<g transform="${place}">${part}<g transform="scale(-1 1)">${part}</g></g>`;
  const outline = `<path d="${shape.hind}"/><path d="${shape.fore}"/>`;
  const shadow = `<g transform="translate(${unit * 0.014} ${unit * 0.02})">${both(outline)}</g>`;
  await stampMask(canvas, wholeOf(canvas), shadow, {
    colour: shift(cloth, -0.14),
    strength: 0.75,
    blur: unit * 0.012,
  });
  await stampColours(
    canvas,
    wholeOf(canvas),
    `${defs}${both(half + feelers)}<g transform="${place}">${body}</g>`,
  );
  // Scales catch the light unevenly.
  const gleam = between(random, 0.25, 0.4);
  await stampMask(canvas, wholeOf(canvas), both(outline), {
    colour: (x, y) => {
      const at = canvas.at(x, y);
      return shift(
        at,
        0.05 * noise(x * 0.07, y * 0.07) + 0.03 * noise(x * 0.4, y * 0.4) - 0.1 * (x / width - 0.5),
      );
    },
    strength: gleam * 2,
  });
}
