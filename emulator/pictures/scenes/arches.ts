import { gradient, type Lab, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { paintCrown } from "../elements/foliage.ts";
import { fillDown } from "../elements/light.ts";
import { fractal } from "../noise.ts";
import { stampMask, wholeOf } from "../stamp.ts";

/** Walls, an arch and stairs in hard sunlight: planes of colour and the shadows they throw. */
export async function paintArches(easel: Easel): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const wall = wallColour(easel);
  const isDark = palette.isDark;
  const side = random() < 0.5 ? 1 : -1;
  const sky = gradient([palette.sky[0] ?? wall, palette.sky[1] ?? wall, palette.sky[2] ?? wall]);
  fillDown(easel, (part) => sky(part * 1.2));
  const mirrored = (shapes: string): string =>
    side > 0 ? shapes : `<g transform="translate(${width} 0) scale(-1 1)">${shapes}</g>`;
  const whole = wholeOf(canvas);
  const plaster = (base: Lab) => textured(easel, isDark ? shift(base, -0.28) : base);
  const floorY = height * between(random, 0.76, 0.84);
  const archX = width * between(random, 0.4, 0.48);
  const archW = Math.min(width * 0.3, unit * 0.34);
  const archTop = height * between(random, 0.24, 0.34);
  const backX = width * between(random, 0.66, 0.74);
  const shade = shift(mix(wall, palette.shade, 0.3), -0.17);
  const topY = height * between(random, 0.06, 0.14);
  // The wall behind, in shadow, and the one in front, in the sun.
  await stampMask(
    canvas,
    whole,
    mirrored(`<path d="M${backX} ${height * 0.2}L${width} ${height * 0.14}V${height}H${backX}Z"/>`),
    { colour: plaster(shade) },
  );
  const opening = `M${archX} ${floorY}V${archTop + archW / 2}A${archW / 2} ${archW / 2} 0 0 1 ${archX + archW} ${archTop + archW / 2}V${floorY}Z`;
  await stampMask(
    canvas,
    whole,
    mirrored(
      `<path fill-rule="evenodd" d="M0 ${topY}L${backX} ${topY + height * 0.045}V${height}H0Z ${opening}"/>`,
    ),
    { colour: plaster(wall) },
  );
  // Through the arch: sky, a far plane, and the thickness of the wall.
  const depth = archW * 0.2;
  await stampMask(canvas, whole, mirrored(`<path d="${opening}"/>`), {
    colour: (_, y) => shift(sky((y / height) * 1.3), 0.02),
  });
  await stampMask(
    canvas,
    whole,
    mirrored(
      `<path d="M${archX} ${floorY}V${archTop + archW / 2}A${archW / 2} ${archW / 2} 0 0 1 ${archX + archW} ${archTop + archW / 2}A${archW / 2 - depth * 0.4} ${archW / 2} 0 0 0 ${archX + depth} ${archTop + archW / 2 + depth * 0.3}V${floorY}Z"/>`,
    ),
    { colour: plaster(shift(shade, -0.05)) },
  );
  const floor = mix(wall, palette.glow, 0.3);
  await stampMask(canvas, whole, `<path d="M0 ${floorY}H${width}V${height}H0Z"/>`, {
    colour: plaster(shift(floor, 0.03)),
  });
  await stampMask(
    canvas,
    whole,
    mirrored(`<path d="M${backX} ${floorY}L${backX + width * 0.1} ${height}H${width}V${floorY}Z"/>`),
    { colour: plaster(shift(shade, 0.02)), strength: 0.9 },
  );
  await paintStairs(easel, {
    floorY,
    mirrored,
    lit: plaster(shift(wall, 0.05)),
    shade: plaster(shift(shade, 0.055)),
  });
  // The slanting shadow of something outside the picture.
  const slant = height * between(random, 0.3, 0.5);
  await stampMask(
    canvas,
    whole,
    mirrored(`<path d="M0 ${topY}L${width * 0.22} ${topY + height * 0.02}L0 ${topY + slant}Z"/>`),
    { colour: shade, strength: 0.5, blur: unit * 0.003 },
  );
  const light = `M${archX + archW * 0.1} ${floorY}H${archX + archW}L${archX + archW * 1.5} ${height}H${archX + archW * 0.35}Z`;
  await stampMask(canvas, whole, mirrored(`<path d="${light}"/>`), {
    colour: shift(mix(floor, palette.sun, 0.55), isDark ? -0.25 : 0.02),
    strength: 0.7,
    blur: unit * 0.004,
  });
  if (asksFor(easel, "botanical", "green")) {
    paintIvy(easel, topY, backX * (side > 0 ? 1 : 0) + (side > 0 ? 0 : width - backX));
  }
  if (!asksFor(easel, "person")) {
    const ball = unit * 0.052;
    await stampMask(
      canvas,
      whole,
      mirrored(
        `<ellipse cx="${width * 0.2 + ball * 1.3}" cy="${floorY + (height - floorY) * 0.52 + ball}" rx="${ball * 1.7}" ry="${ball * 0.3}"/>`,
      ),
      { colour: shade, strength: 0.6, blur: unit * 0.006 },
    );
    await stampMask(
      canvas,
      whole,
      mirrored(`<circle cx="${width * 0.2}" cy="${floorY + (height - floorY) * 0.5}" r="${ball}"/>`),
      {
        colour: (x, y) => {
          const centre = side > 0 ? width * 0.2 : width * 0.8;
          const towards = ((x - centre) * -side - (y - floorY - (height - floorY) * 0.5)) / ball;
          return shift(palette.accent, Math.max(-0.2, Math.min(0.14, towards * 0.13)) - (isDark ? 0.1 : 0));
        },
      },
    );
  }
}

/** Ivy that hangs over the wall's upper edge and creeps down, thickest where it began. */
function paintIvy(easel: Easel, topY: number, cornerX: number): void {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const leaf = mix(lch(0.5, 0.1, 142), palette.leaf, 0.35);
  const dim = palette.isDark ? -0.2 : 0;
  for (let strand = 0; strand < 30; strand += 1) {
    const x = random() < 0.55 ? cornerX + (random() - 0.5) * unit * 0.3 : random() * width;
    const long = height * between(random, 0.06, 0.5) * (random() < 0.4 ? 1 : 0.5);
    for (let part = 0; part < 9; part += 1) {
      paintCrown(easel, {
        x: x + (random() - 0.5) * unit * 0.03,
        y: topY + (long * part) / 9,
        width: unit * 0.085 * (1 - part / 14),
        height: unit * 0.06,
        dark: shift(leaf, dim - 0.17),
        light: shift(leaf, dim + 0.06),
        count: 34,
        size: unit * 0.0075,
      });
    }
  }
}

function wallColour(easel: Easel): Lab {
  const { palette, random } = easel;
  if (asksFor(easel, "white", "minimal", "snow")) {
    return lch(0.94, 0.012, 80);
  }
  if (asksFor(easel, "red", "pink", "orange", "yellow", "green", "blue", "purple", "teal")) {
    return shift(palette.accent, 0.08, 0.75);
  }
  const choices = [
    lch(0.8, 0.075, 45),
    lch(0.78, 0.06, 20),
    lch(0.87, 0.05, 80),
    lch(0.72, 0.06, 230),
    lch(0.84, 0.02, 90),
  ];
  return choices[Math.floor(random() * choices.length)] ?? lch(0.85, 0.03, 80);
}

function textured({ canvas, noise }: Easel, base: Lab): (x: number, y: number) => Lab {
  const { unit, height } = canvas;
  return (x, y) => {
    const patch =
      fractal(noise, (x / unit) * 2.2, (y / unit) * 2.2, 3) * 0.014 + noise(x * 0.22, y * 0.22) * 0.006;
    return [base[0] + patch - 0.03 * (y / height), base[1], base[2]];
  };
}

async function paintStairs(
  easel: Easel,
  look: {
    floorY: number;
    mirrored: (shapes: string) => string;
    lit: (x: number, y: number) => Lab;
    shade: (x: number, y: number) => Lab;
  },
): Promise<void> {
  const { canvas } = easel;
  const { width, height } = canvas;
  const treads: string[] = [];
  const risers: string[] = [];
  const count = 7;
  const run = (width * 0.2) / count;
  const rise = (height * 0.24) / count;
  const left = width * 0.8;
  for (let step = 0; step < count; step += 1) {
    const x = left + step * run;
    const y = look.floorY - step * rise;
    risers.push(`<path d="M${x} ${y}V${y - rise}H${width}V${look.floorY + 2}H${x}Z"/>`);
    treads.push(
      `<path d="M${x} ${y - rise}L${x + run * 0.8} ${y - rise - rise * 0.24}H${width}V${y - rise}Z"/>`,
    );
  }
  for (let step = 0; step < count; step += 1) {
    await stampMask(canvas, wholeOf(canvas), look.mirrored(risers[step] ?? ""), { colour: look.shade });
    await stampMask(canvas, wholeOf(canvas), look.mirrored(treads[step] ?? ""), { colour: look.lit });
  }
}
