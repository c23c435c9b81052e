import { gradient, type Lab, lch, mix, shift } from "../colour.ts";
import { between, type Easel } from "../easel.ts";
import { paintCrown } from "../elements/foliage.ts";
import { cosmos, fern, type PlantForm, sprig, umbel } from "../elements/leaves.ts";
import { fillDown, paintBeams, paintGlow } from "../elements/light.ts";
import { stampMask } from "../stamp.ts";

const PLANTS: readonly PlantForm[] = [fern, fern, sprig, umbel, cosmos];

/** A glasshouse seen along its aisle: iron ribs going back into the light, plants on both sides. */
export async function paintGreenhouse(easel: Easel): Promise<void> {
  const { canvas, palette, random } = easel;
  const { width, height, unit } = canvas;
  const light = mix(palette.mist, palette.glow, palette.isDark ? 0.2 : 0.55);
  const green = mix(lch(palette.isDark ? 0.3 : 0.5, 0.08, 150), palette.leaf, 0.3);
  const iron = shift(mix(palette.near, green, 0.25), -0.02);
  fillDown(
    easel,
    gradient([
      mix(light, palette.sky[1] ?? light, 0.45),
      light,
      shift(light, 0.02),
      mix(light, green, 0.4),
      mix(green, palette.near, 0.35),
    ]),
  );
  const centre = { x: width * between(random, 0.46, 0.54), y: height * between(random, 0.5, 0.56) };
  paintGlow(easel, { ...centre, radius: unit * 0.3, colour: shift(light, 0.04), strength: 0.7 });
  const steps = 7;
  for (let step = 0; step < steps; step += 1) {
    const near = step / (steps - 1);
    const reach = unit * (0.1 + 0.62 * near ** 1.5);
    const haze = (1 - near) ** 1.2 * 0.86;
    await paintRib(easel, {
      ...centre,
      reach,
      thick: unit * (0.002 + 0.012 * near ** 1.4),
      colour: mix(iron, light, haze),
    });
    await paintBed(easel, {
      ...centre,
      reach,
      near,
      colour: mix(shift(green, -0.1 - 0.12 * near), light, haze * 0.85),
    });
    if (step === 4) {
      paintBeams(
        easel,
        { x: between(random, 0.15, 0.85), y: -0.2 },
        { colour: shift(light, 0.05), strength: palette.isDark ? 0.2 : 0.4, count: 7 },
      );
    }
  }
}

interface Bay {
  x: number;
  y: number;
  reach: number;
}

/** One arch of the frame with its uprights, and the bars that hold the panes. */
async function paintRib(easel: Easel, rib: Bay & { thick: number; colour: Lab }): Promise<void> {
  const { canvas, random } = easel;
  const { x, y, reach, thick } = rib;
  const foot = y + reach * 0.86;
  const spring = y - reach * 0.1;
  const line = (d: string, stroke: number): string =>
    `<path d="${d}" fill="none" stroke="#000" stroke-width="${stroke}"/>`;
  const arch = `M${x - reach} ${foot}V${spring}A${reach} ${reach * 0.92} 0 0 1 ${x + reach} ${spring}V${foot}`;
  const bars: string[] = [];
  for (let bar = 1; bar < 8; bar += 1) {
    const angle = Math.PI * (bar / 8);
    const outX = x - Math.cos(angle) * reach;
    const outY = spring - Math.sin(angle) * reach * 0.92;
    const inX = x - Math.cos(angle) * reach * 0.72;
    const inY = y + (spring - y) * 0.72 - Math.sin(angle) * reach * 0.66;
    // Some panes are gone, and their bars with them.
    if (random() > 0.18) {
      bars.push(line(`M${outX} ${outY}L${inX} ${inY}`, thick * 0.35));
    }
  }
  for (const side of [-1, 1]) {
    for (const part of [0.3, 0.62]) {
      const row = spring + (foot - spring) * part;
      bars.push(
        line(`M${x + side * reach} ${row}L${x + side * reach * 0.72} ${y + (row - y) * 0.72}`, thick * 0.35),
      );
    }
  }
  const area = { left: x - reach * 1.1, top: spring - reach * 1.1, width: reach * 2.2, height: reach * 2.2 };
  await stampMask(canvas, area, line(arch, thick) + bars.join(""), {
    colour: rib.colour,
    strength: 0.9,
  });
}

/** What grows along both sides at one depth, leaning into the aisle. */
async function paintBed(easel: Easel, bed: Bay & { near: number; colour: Lab }): Promise<void> {
  const { canvas, random } = easel;
  const { unit } = canvas;
  const { x, y, reach, near } = bed;
  const foot = y + reach * 0.88;
  for (const side of [-1, 1]) {
    const shapes: string[] = [];
    for (let plant = 0; plant < 4; plant += 1) {
      const form = PLANTS[Math.floor(random() * PLANTS.length)] ?? fern;
      const at = x + side * reach * between(random, 0.62, 1.08);
      const size = reach * between(random, 0.4, 0.78);
      const lean = -side * between(random, -14, 26);
      shapes.push(
        `<g transform="translate(${at} ${foot + size * 0.04}) rotate(${lean}) scale(${size})">${form(random)}</g>`,
      );
    }
    const area = {
      left: x + side * reach * 0.85 - reach,
      top: foot - reach,
      width: reach * 2,
      height: reach * 1.15,
    };
    await stampMask(canvas, area, shapes.join(""), {
      colour: bed.colour,
      strength: 0.94,
      blur: near > 0.95 ? unit * 0.0016 : 0,
    });
    paintCrown(easel, {
      x: x + side * reach * 0.92,
      y: foot + reach * 0.03,
      width: reach * 0.7,
      height: reach * 0.2,
      dark: shift(bed.colour, -0.05),
      light: shift(bed.colour, 0.06),
      count: Math.round(120 + 260 * near),
      size: reach * 0.014,
    });
  }
}
