import { gradient, type Lab, lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown, paintBokeh } from "../elements/light.ts";
import { fiveFold, manyFold, rayed } from "../elements/petals.ts";
import { stampColours, stampMask, wholeOf } from "../stamp.ts";

/** A few large flowers close to the lens, the garden behind them out of focus. */
export async function paintFlower(easel: Easel): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const petal = petalColour(easel);
  const ground = palette.isDark ? lch(0.2, 0.04, 165) : mix(palette.leaf, palette.mist, 0.45);
  fillDown(
    easel,
    gradient([mix(palette.sky[2] ?? palette.mist, ground, 0.35), ground, shift(ground, -0.13)]),
  );
  paintBokeh(easel, {
    colours: [
      mix(petal, palette.light, 0.4),
      mix(palette.leaf, palette.light, 0.3),
      palette.light,
      shift(ground, 0.08),
    ],
    count: 46,
    size: 0.13,
    strength: palette.isDark ? 0.14 : 0.26,
  });
  const places = [
    { x: between(random, 0.4, 0.6), y: between(random, 0.4, 0.5), size: between(random, 0.2, 0.25), blur: 0 },
    {
      x: between(random, 0.1, 0.26),
      y: between(random, 0.62, 0.76),
      size: between(random, 0.11, 0.15),
      blur: 0.003,
    },
    {
      x: between(random, 0.76, 0.92),
      y: between(random, 0.24, 0.66),
      size: between(random, 0.09, 0.14),
      blur: 0.006,
    },
  ].toReversed();
  const style = asksFor(easel, "yellow", "white")
    ? 2
    : asksFor(easel, "red", "pink", "purple")
      ? 0
      : Math.floor(random() * 3);
  for (const [index, place] of places.entries()) {
    const x = place.x * width;
    const y = place.y * height;
    const radius = place.size * unit;
    const stalk = `<path d="M${x} ${y}Q${x + unit * 0.03} ${(y + height) / 2} ${x + unit * between(random, -0.1, 0.1)} ${height + 9}" fill="none" stroke="${toHex(shift(palette.leaf, palette.isDark ? 0 : -0.14))}" stroke-width="${radius * 0.1}"/>`;
    await stampColours(canvas, wholeOf(canvas), stalk + stalkLeaves(easel, x, y, radius), place.blur * unit);
    const shadow = `<circle cx="${x}" cy="${y + radius * 0.08}" r="${radius * 0.95}"/>`;
    await stampMask(canvas, wholeOf(canvas), shadow, {
      colour: shift(ground, -0.22),
      strength: 0.35,
      blur: radius * 0.12,
    });
    const tone = shift(petal, (random() - 0.5) * 0.06);
    const bloom = {
      radius,
      inner: shift(tone, 0.13, 0.75),
      outer: tone,
      heart: heartOf(style, tone),
      id: `f${index}`,
    };
    const shapes =
      style === 0
        ? manyFold(random, { ...bloom, inner: shift(tone, -0.1), outer: shift(tone, 0.1, 0.85) })
        : style === 1
          ? fiveFold(random, bloom)
          : rayed(random, bloom);
    const squash = between(random, 0.82, 1);
    await stampColours(
      canvas,
      wholeOf(canvas),
      `<g transform="translate(${x} ${y}) rotate(${(random() - 0.5) * 30}) scale(1 ${squash})">${shapes}</g>`,
      place.blur * unit,
    );
  }
}

function petalColour(easel: Easel): Lab {
  const { palette, random } = easel;
  const named: readonly (readonly [
    "red" | "pink" | "yellow" | "orange" | "purple" | "blue" | "white",
    Lab,
  ])[] = [
    ["red", lch(0.56, 0.2, 25)],
    ["pink", lch(0.78, 0.12, 358)],
    ["yellow", lch(0.85, 0.16, 88)],
    ["orange", lch(0.73, 0.17, 55)],
    ["purple", lch(0.6, 0.15, 308)],
    ["blue", lch(0.6, 0.13, 262)],
    ["white", lch(0.95, 0.012, 95)],
  ];
  const asked = named.find(([tag]) => asksFor(easel, tag));
  const chosen = asked ?? named[Math.floor(random() * named.length)];
  return mix(chosen?.[1] ?? palette.accent, palette.glow, 0.08);
}

function heartOf(style: number, tone: Lab): Lab {
  if (style === 2) {
    // A daisy's is yellow, a sunflower's brown.
    return tone[0] > 0.9 ? lch(0.78, 0.15, 82) : lch(0.36, 0.07, 55);
  }
  return style === 1 ? lch(0.84, 0.14, 85) : shift(tone, -0.2);
}

function stalkLeaves(easel: Easel, x: number, y: number, radius: number): string {
  const { palette, random } = easel;
  return [-1, 1]
    .map((side) => {
      const colour = toHex(shift(palette.leaf, palette.isDark ? -0.02 : -0.08 - random() * 0.06));
      const turn = side * between(random, 40, 70);
      const long = radius * between(random, 1, 1.5);
      return `<path transform="translate(${x} ${y + radius * between(random, 1.3, 2)}) rotate(${turn})" d="M0 0C${long * 0.26} ${-long * 0.3} ${long * 0.2} ${-long * 0.8} 0 ${-long}C${-long * 0.2} ${-long * 0.8} ${-long * 0.26} ${-long * 0.3} 0 0Z" fill="${colour}"/>`;
    })
    .join("");
}
