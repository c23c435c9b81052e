import { type Lab, lch, mix } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { cosmos, fern, ginkgo, grass, type PlantForm, sprig, umbel } from "../elements/leaves.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";
import { type Area, stampMask } from "../stamp.ts";

/** Plants laid on paper. In Prussian blue they are a cyanotype; in other colours, a herbarium sheet. */
export async function paintBotanical(easel: Easel): Promise<void> {
  const isCyanotype =
    asksFor(easel, "cyanotype", "blue") ||
    !asksFor(easel, "green", "autumn", "spring", "watercolour", "minimal", "white");
  if (isCyanotype) {
    await paintCyanotype(easel);
  } else {
    await paintHerbarium(easel);
  }
}

function chooseForms(easel: Easel): PlantForm[] {
  const { random } = easel;
  if (asksFor(easel, "autumn", "yellow", "gold")) {
    return [ginkgo, grass];
  }
  if (asksFor(easel, "flower")) {
    return [cosmos, umbel];
  }
  const sets: readonly (readonly PlantForm[])[] = [
    [fern, fern],
    [sprig, fern],
    [cosmos, grass],
    [umbel, fern],
    [sprig, ginkgo],
    [umbel, cosmos],
  ];
  return [...(sets[Math.floor(random() * sets.length)] ?? [fern])];
}

interface Placement {
  transform: string;
  area: Area;
}

/** Where the plants stand: feet near the lower edge, fanning out. */
function placements(easel: Easel, count: number): Placement[] {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  const reach = Math.min(height * 0.8, unit * 1.08);
  return Array.from({ length: count }, (_, index) => {
    const across = count === 1 ? 0 : index / (count - 1) - 0.5;
    const x = width * (0.5 + across * 0.5 + (random() - 0.5) * 0.05);
    const y = height * between(random, 0.88, 0.95);
    const turn = across * 36 + (random() - 0.5) * 12;
    const size = reach * between(random, 0.72, 1) * (1 - Math.abs(across) * 0.25);
    return {
      transform: `translate(${x} ${y}) rotate(${turn}) scale(${size})`,
      area: { left: x - size * 0.85, top: y - size * 1.2, width: size * 1.7, height: size * 1.3 },
    };
  });
}

async function paintCyanotype(easel: Easel): Promise<void> {
  const { canvas, random, noise } = easel;
  const { width, height, unit } = canvas;
  const paper = lch(0.945, 0.012, 95);
  const deep = lch(0.285, 0.092, 252);
  const pale = lch(0.46, 0.1, 246);
  const seed = random() * 50;
  const wash = new Field({ width, top: 0, bottom: height, step: 6 }, (x, y) =>
    fractal(noise, (x / unit) * 1.4 + seed, (y / unit) * 1.4, 4),
  );
  const strokes = new Field({ width, top: 0, bottom: height, step: 3 }, (x, y) =>
    fractal(noise, (x / unit) * 3 + seed, (y / unit) * 42, 3),
  );
  const margin = unit * 0.062;
  const coat = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const fibre = 0.009 * noise(x * 0.31, y * 0.31);
      const cloud = 0.5 + 0.5 * wash.at(x, y);
      // The brush leaves the emulsion thin and ragged at the edge.
      const ragged = margin * (1 + 0.35 * wash.at(x * 2.2, y * 2.2)) + unit * 0.02 * strokes.at(x, y);
      const edge = Math.min(x, width - x, y * 1.1, (height - y) * 1.1) - ragged;
      const coated = smoothstep(-unit * 0.004, unit * 0.012, edge + unit * 0.012 * strokes.at(x * 1.7, y));
      coat[y * width + x] = coated;
      const blue = mix(
        deep,
        pale,
        Math.min(1, Math.max(0, 0.1 + 0.5 * cloud * cloud + 0.12 * strokes.at(x, y))),
      );
      const colour = mix([paper[0] + fibre, paper[1], paper[2]], blue, coated);
      canvas.set(y * width + x, [colour[0] + fibre, colour[1], colour[2]]);
    }
  }
  const forms = chooseForms(easel);
  const count = 3 + Math.floor(random() * 3);
  const bare = lch(0.93, 0.022, 225);
  // Off the coating a plant leaves no trace.
  const onCoat =
    (paint: (x: number, y: number) => Lab) =>
    (x: number, y: number): Lab =>
      mix(canvas.at(x, y), paint(x, y), coat[y * width + x] ?? 0);
  for (const [index, place] of placements(easel, count).entries()) {
    const form = forms[index % forms.length] ?? fern;
    const shapes = `<g transform="${place.transform}">${form(random)}</g>`;
    const lies = between(random, 0.7, 0.96);
    // Where the plant lifts off the paper, light creeps under its edge.
    await stampMask(canvas, place.area, shapes, {
      colour: onCoat(() => bare),
      strength: lies * 0.4,
      blur: unit * between(random, 0.003, 0.007),
    });
    await stampMask(canvas, place.area, shapes, {
      colour: onCoat((x, y) =>
        mix(bare, pale, 0.16 + 0.24 * (0.5 + 0.5 * wash.at((x * 3) % width, (y * 3) % height))),
      ),
      strength: lies,
      blur: unit * 0.0006,
    });
  }
}

async function paintHerbarium(easel: Easel): Promise<void> {
  const { canvas, palette, random, noise } = easel;
  const { width, height, unit } = canvas;
  const paper = asksFor(easel, "minimal", "white") ? lch(0.965, 0.006, 90) : lch(0.935, 0.025, 88);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const fibre =
        0.007 * noise(x * 0.29, y * 0.29) + 0.012 * fractal(noise, (x / unit) * 2, (y / unit) * 2, 3);
      canvas.set(y * width + x, [paper[0] + fibre, paper[1], paper[2]]);
    }
  }
  const forms = chooseForms(easel);
  for (const [index, place] of placements(easel, 3 + Math.floor(random() * 2)).entries()) {
    const form = forms[index % forms.length] ?? sprig;
    const shapes = `<g transform="${place.transform}">${form(random)}</g>`;
    const shadow = `<g transform="translate(${unit * 0.006} ${unit * 0.009})">${shapes}</g>`;
    await stampMask(canvas, place.area, shadow, {
      colour: lch(0.5, 0.03, 70),
      strength: 0.22,
      blur: unit * 0.006,
    });
    const tone = mix(palette.leaf, palette.near, between(random, 0.05, 0.5));
    const seed = random() * 40;
    await stampMask(canvas, place.area, shapes, {
      colour: (x, y) => {
        const vein = 0.05 * noise((x / unit) * 9 + seed, (y / unit) * 9) + 0.02 * noise(x * 0.2, y * 0.2);
        return [tone[0] + vein, tone[1], tone[2]];
      },
      strength: 0.93,
    });
  }
}
