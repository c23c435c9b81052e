import { gradient, type Lab, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown, paintBeams } from "../elements/light.ts";
import { smoothstep } from "../noise.ts";
import { stampMask, wholeOf } from "../stamp.ts";

/** A grove: culms with their joints fading into green light, sprays of narrow leaves. */
export async function paintBamboo(easel: Easel): Promise<void> {
  const { palette, random, canvas } = easel;
  const isInk = asksFor(easel, "ink");
  const green = isInk ? lch(0.42, 0.015, 200) : mix(lch(0.56, 0.11, 138), palette.leaf, 0.35);
  const air = isInk
    ? lch(0.95, 0.012, 90)
    : mix(palette.isDark ? palette.mist : lch(0.93, 0.06, 125), palette.mist, 0.35);
  const deep = shift(green, palette.isDark ? -0.34 : -0.26);
  fillDown(
    easel,
    gradient([
      mix(air, green, 0.3),
      air,
      shift(air, 0.02),
      mix(air, green, 0.25),
      mix(green, deep, isInk ? 0 : palette.isDark ? 0.8 : 0.4),
    ]),
  );
  const layers = 5;
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const haze = (1 - depth) ** 1.2 * 0.88;
    const culm = mix(mix(green, deep, 0.25 + 0.4 * depth), air, haze);
    const count = Math.round((17 - 12 * depth) * (canvas.width / canvas.unit));
    for (let stem = 0; stem < count; stem += 1) {
      const x = ((stem + random()) / count) * canvas.width;
      const isOpen = depth > 0.5 && Math.abs(x / canvas.width - 0.52) < 0.13;
      if (!isOpen) {
        paintCulm(easel, x, canvas.unit * (0.008 + 0.034 * depth ** 1.5) * between(random, 0.75, 1.2), culm);
      }
    }
    await paintLeaves(easel, depth, mix(mix(green, deep, 0.15 + 0.5 * depth), air, haze * 0.9));
    if (layer === 2 && !isInk) {
      paintBeams(
        easel,
        { x: between(random, 0.2, 0.8), y: -0.2 },
        { colour: shift(air, 0.03), strength: 0.35, count: 7 },
      );
    }
  }
}

function paintCulm({ canvas, random, noise }: Easel, x: number, thick: number, colour: Lab): void {
  const { width, height, unit } = canvas;
  const lean = (random() - 0.5) * 0.07;
  const joint = unit * between(random, 0.1, 0.15) + thick;
  const offset = random() * joint;
  const seed = random() * 30;
  for (let y = 0; y < height; y += 1) {
    const centre = x + lean * (height - y) + unit * 0.01 * noise((y / unit) * 1.2, seed);
    const place = ((y + offset) % joint) / joint;
    const off = ((place - 0.5) * joint) / (thick * 0.14 + 1);
    const knot = Math.exp(-off * off);
    const half = thick * 0.5 * (1 + 0.1 * knot);
    for (
      let column = Math.max(0, Math.floor(centre - half - 1));
      column <= Math.min(width - 1, centre + half + 1);
      column += 1
    ) {
      const across = (column - centre) / half;
      const edge = Math.min(1, Math.max(0, half + 0.5 - Math.abs(column - centre)));
      const round = 0.085 * (1 - (across + 0.42) ** 2) - 0.03;
      const ring =
        -0.1 * knot +
        0.03 *
          Math.min(1, thick / unit / 0.02) *
          smoothstep(0.5, 0.56, place) *
          smoothstep(0.66, 0.56, place);
      canvas.blend(y * width + column, shift(colour, round + ring), edge);
    }
  }
}

async function paintLeaves(easel: Easel, depth: number, colour: Lab): Promise<void> {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const shapes: string[] = [];
  const sprays = Math.round((18 - 8 * depth) * (width / unit));
  for (let spray = 0; spray < sprays; spray += 1) {
    const x = random() * width;
    const away = Math.abs(x / width - 0.5) * 2;
    const y = height * (random() ** 1.6 * (0.3 + 0.5 * away));
    const down = between(random, 0.25, 2.9);
    const leaves = 4 + Math.floor(random() * 5);
    for (let leaf = 0; leaf < leaves; leaf += 1) {
      const angle = down + (random() - 0.5) * 1.5;
      const long = unit * (0.03 + 0.075 * depth) * between(random, 0.6, 1.2);
      const wide = long * 0.085;
      shapes.push(
        `<path transform="translate(${x + (random() - 0.5) * long} ${y + (random() - 0.5) * long * 0.6}) rotate(${(angle * 180) / Math.PI})" d="M0 0Q${long * 0.35} ${-wide} ${long} 0Q${long * 0.35} ${wide} 0 0Z"/>`,
      );
    }
  }
  const blur = depth > 0.9 ? unit * 0.0022 : unit * 0.0006;
  await stampMask(canvas, wholeOf(canvas), shapes.join(""), { colour, strength: 0.92, blur });
}
