import { gradient, lch, mix, shift, toHex } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { sprig, umbel } from "../elements/leaves.ts";
import { fillDown } from "../elements/light.ts";
import { fractal } from "../noise.ts";
import { BUILDS, beast } from "../props/beasts.ts";
import { CAT } from "../props/figures.ts";
import { stampColours, stampMask, wholeOf } from "../stamp.ts";

/** A table by a wall on which a window throws its light: a vase, a cup, fruit, books, or whoever lives there. */
export async function paintInterior(easel: Easel): Promise<void> {
  const { canvas, palette, random, noise } = easel;
  const { width, height, unit } = canvas;
  const isDark = palette.isDark;
  const walls = [
    lch(0.86, 0.03, 85),
    lch(0.8, 0.035, 220),
    lch(0.78, 0.045, 150),
    lch(0.82, 0.055, 45),
    lch(0.72, 0.05, 250),
  ];
  const named = asksFor(easel, "red", "pink", "orange", "yellow", "green", "teal", "blue", "purple")
    ? shift(palette.accent, 0.1, 0.5)
    : undefined;
  const wall = shift(
    mix(named ?? walls[Math.floor(random() * walls.length)] ?? lch(0.85, 0.03, 85), palette.glow, 0.12),
    isDark ? -0.42 : 0,
  );
  fillDown(easel, gradient([shift(wall, -0.05), wall, shift(wall, -0.03)]));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      canvas.lift(
        y * width + x,
        0.012 * fractal(noise, (x / unit) * 2, (y / unit) * 2, 3) - 0.05 * (x / width - 0.3),
      );
    }
  }
  await windowLight(easel);
  const tableY = height * between(random, 0.7, 0.76);
  const table = mix(
    asksFor(easel, "white", "minimal", "kettle") ? lch(0.9, 0.012, 80) : lch(0.52, 0.06, 55),
    palette.glow,
    0.1,
  );
  const top = isDark ? shift(table, -0.25) : table;
  await stampMask(canvas, wholeOf(canvas), `<path d="M0 ${tableY}H${width}V${height}H0Z"/>`, {
    colour: (x, y) => {
      const grain =
        noise((x / unit) * 2.2, (y / unit) * 60) * 0.016 + noise((x / unit) * 0.8, (y / unit) * 19) * 0.02;
      return shift(top, grain + 0.05 * ((y - tableY) / (height - tableY)));
    },
  });
  await stampMask(canvas, wholeOf(canvas), `<path d="M0 ${tableY}H${width}V${tableY + unit * 0.004}H0Z"/>`, {
    colour: shift(top, 0.12),
    strength: 0.6,
  });
  await furnish(easel, tableY + (height - tableY) * 0.36);
  if (random() < 0.5) {
    canvas.mirror();
  }
}

/** Panes of light, slanting, with the shadow of leaves in them. */
async function windowLight(easel: Easel): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const x = width * between(random, 0.12, 0.3);
  const y = height * between(random, 0.08, 0.16);
  const pane = unit * 0.17;
  const lean = unit * 0.1;
  const panes: string[] = [];
  for (let column = 0; column < 2; column += 1) {
    for (let row = 0; row < 3; row += 1) {
      const left = x + column * pane * 1.12;
      const up = y + row * pane * 1.06 + column * lean * 0.55;
      panes.push(`<path d="M${left} ${up}l${pane} ${lean * 0.5}v${pane * 0.96}l${-pane} ${-lean * 0.5}Z"/>`);
    }
  }
  const light = mix(palette.sun, palette.glow, 0.5);
  const leaves = `<g transform="translate(${x + pane * 2.1} ${y + pane * 3.4}) rotate(-24) scale(${unit * 0.62})">${sprig(random)}</g>`;
  const mask = `<defs><mask id="m"><rect width="${width}" height="${height}" fill="#fff"/><g fill="#000" stroke-opacity="1">${leaves}</g></mask></defs><g mask="url(#m)">${panes.join("")}</g>`;
  await stampMask(canvas, wholeOf(canvas), mask, {
    colour: light,
    strength: palette.isDark ? 0.3 : 0.5,
    blur: unit * 0.006,
  });
}

async function furnish(easel: Easel, row: number): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, unit } = canvas;
  const items: string[] = [];
  const dim = palette.isDark ? -0.2 : 0;
  const glaze = toHex(
    shift(asksFor(easel, "blue") ? lch(0.42, 0.1, 255) : mix(palette.accent, lch(0.6, 0.05, 60), 0.45), dim),
  );
  const glazeLight = toHex(shift(mix(palette.accent, palette.light, 0.55), dim));
  const cream = toHex(shift(lch(0.93, 0.02, 85), dim));
  const creamShade = toHex(shift(lch(0.76, 0.03, 70), dim));
  const defs = `<defs><linearGradient id="g" x1="0" x2="1"><stop offset="0" stop-color="${glazeLight}"/><stop offset="0.35" stop-color="${glaze}"/><stop offset="1" stop-color="${toHex(shift(palette.near, 0.05))}"/></linearGradient><linearGradient id="c" x1="0" x2="1"><stop offset="0" stop-color="${cream}"/><stop offset="1" stop-color="${creamShade}"/></linearGradient></defs>`;
  const place = (x: number, size: number, shape: string): void => {
    items.push(`<g transform="translate(${x * width} ${row}) scale(${size * unit})">${shape}</g>`);
  };
  const hasBeast = asksFor(easel, "cat", "dog");
  const stems = toHex(shift(mix(palette.leaf, palette.near, 0.3), dim * 0.4));
  if (asksFor(easel, "kettle")) {
    place(0.52, 0.3, kettleShape(easel));
    await setOnTable(easel, { items, defs, row });
    return;
  }
  place(
    0.64,
    0.3,
    `<g transform="translate(0 -0.78) scale(1.25)" fill="${stems}" stroke="none"><g transform="rotate(-17)">${sprig(random).replaceAll('stroke="#000"', `stroke="${stems}"`)}</g><g transform="rotate(15) scale(0.85)">${umbel(random).replaceAll('stroke="#000"', `stroke="${stems}"`)}</g></g><path d="M-0.1 -0.92H0.1C0.1 -0.78 0.08 -0.74 0.14 -0.66C0.34 -0.5 0.36 -0.16 0.18 0H-0.18C-0.36 -0.16 -0.34 -0.5 -0.14 -0.66C-0.08 -0.74 -0.1 -0.78 -0.1 -0.92Z" fill="url(#g)"/>`,
  );
  place(
    0.36,
    0.13,
    '<path d="M-0.42 -0.62H0.42C0.42 -0.25 0.3 0 0.16 0H-0.16C-0.3 0 -0.42 -0.25 -0.42 -0.62Z" fill="url(#c)"/><ellipse cx="0" cy="-0.62" rx="0.42" ry="0.09" fill="#4a2f22"/><path d="M0.4 -0.52C0.66 -0.54 0.66 -0.2 0.32 -0.2" fill="none" stroke="url(#c)" stroke-width="0.07"/><ellipse cx="0" cy="0.01" rx="0.62" ry="0.07" fill="url(#c)"/>',
  );
  if (asksFor(easel, "green", "yellow", "red", "orange") || random() < 0.6) {
    for (const [index, at] of [0.46, 0.5, 0.435].entries()) {
      const fruit = toHex(shift(index === 1 ? lch(0.72, 0.15, 62) : lch(0.8, 0.15, 92), dim));
      place(
        at,
        0.075,
        `<circle cx="0" cy="-0.42" r="0.44" fill="${fruit}"/><ellipse cx="-0.14" cy="-0.6" rx="0.12" ry="0.08" fill="#fff" fill-opacity="0.35"/>`,
      );
    }
  } else {
    for (let book = 0; book < 3; book += 1) {
      const cover = toHex(shift(lch(0.5 + random() * 0.3, 0.07, random() * 360), dim));
      items.push(
        `<rect x="${width * 0.43 + random() * unit * 0.02}" y="${row - unit * 0.026 * (book + 1)}" width="${unit * 0.17}" height="${unit * 0.025}" rx="2" fill="${cover}"/>`,
      );
    }
  }
  await setOnTable(easel, { items, defs, row });
  if (hasBeast) {
    const shape = asksFor(easel, "cat") ? CAT : beast(BUILDS.dog);
    const size = unit * (asksFor(easel, "cat") ? 0.24 : 0.26);
    const at = width * 0.22;
    const fur = asksFor(easel, "white")
      ? lch(0.9, 0.02, 70)
      : asksFor(easel, "orange")
        ? lch(0.66, 0.13, 55)
        : lch(0.3, 0.02, 60);
    await stampMask(
      canvas,
      wholeOf(canvas),
      `<ellipse cx="${at + size * 0.1}" cy="${row}" rx="${size * 0.45}" ry="${size * 0.05}"/>`,
      { colour: palette.near, strength: 0.45, blur: unit * 0.006 },
    );
    await stampMask(
      canvas,
      wholeOf(canvas),
      `<g transform="translate(${at} ${row}) scale(${size})">${shape}</g>`,
      { colour: (x, y) => shift(fur, dim + 0.09 * ((at - x) / size) + 0.03 * ((row - y) / size)) },
    );
  }
}

/** A kettle with a spout and a bail handle, dark and matt unless a colour was named. */
function kettleShape(easel: Easel): string {
  const { palette } = easel;
  const isNamed = asksFor(easel, "red", "yellow", "green", "blue", "teal", "orange", "pink");
  const body = isNamed ? palette.accent : lch(0.25, 0.012, 260);
  const fill = `<linearGradient id="k" x1="0" x2="1"><stop offset="0" stop-color="${toHex(shift(body, 0.17))}"/><stop offset="0.4" stop-color="${toHex(body)}"/><stop offset="1" stop-color="${toHex(shift(body, -0.1))}"/></linearGradient>`;
  return `<defs>${fill}</defs><path d="M-0.34 -0.5C-0.4 -1.02 0.4 -1.02 0.34 -0.5" fill="none" stroke="${toHex(shift(body, -0.04))}" stroke-width="0.05"/><path d="M0.32 -0.36C0.46 -0.36 0.5 -0.5 0.62 -0.56L0.66 -0.5C0.56 -0.42 0.54 -0.22 0.36 -0.14Z" fill="url(#k)"/><path d="M-0.4 0C-0.5 -0.24 -0.42 -0.54 0 -0.56C0.42 -0.54 0.5 -0.24 0.4 0Z" fill="url(#k)"/><ellipse cx="0" cy="-0.555" rx="0.2" ry="0.035" fill="${toHex(shift(body, 0.05))}"/><circle cx="0" cy="-0.62" r="0.045" fill="url(#k)"/>`;
}

/** Puts things down with the long shadows they throw. */
async function setOnTable(
  easel: Easel,
  table: { items: string[]; defs: string; row: number },
): Promise<void> {
  const { canvas, palette } = easel;
  const { unit } = canvas;
  const { items, defs } = table;
  const shadows = items
    .map((item) =>
      item.replace(
        /translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)/,
        "translate($1 $2) skewX(52) scale($3 -$3) scale(1 0.24)",
      ),
    )
    .join("");
  await stampMask(canvas, wholeOf(canvas), `${defs}${shadows.replaceAll(/fill="url\(#\w\)"/g, "")}`, {
    colour: shift(palette.near, -0.02),
    strength: 0.3,
    blur: unit * 0.006,
  });
  await stampColours(canvas, wholeOf(canvas), defs + items.join(""));
}
