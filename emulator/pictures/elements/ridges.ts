import { type Lab, mix, shift } from "../colour.ts";
import { asksFor, type Easel } from "../easel.ts";
import { Field } from "../field.ts";
import { fractal, ridged, smoothstep } from "../noise.ts";

/** A row of land from edge to edge: for each column the height (pixels from the top) at which it begins. */
export type Skyline = Float32Array;

/** How a range of layered land is drawn. */
export interface RangeOptions {
  layers: number;
  /** Parts of the height: where the farthest and nearest layers begin. */
  top: number;
  bottom: number;
  /** 0 = rolling hills, 1 = crags. */
  rough: number;
  /** Part of the height that the highest peaks rise. */
  rise: number;
  /** 0 to 1: how thick the air between the layers is. */
  mist: number;
  hasSnow: boolean;
  hasTrees: boolean;
  /** One great peak, at this part of the width. */
  peakAt?: number;
}

/** One layer: the bare ground, and the edge that trees on it make. */
interface Layer {
  ground: Skyline;
  edge: Skyline;
  depth: number;
}

/** Paints layers of land from far to near, with air between them; answers with the skyline of the nearest. */
export function paintRange(easel: Easel, options: RangeOptions): Skyline {
  const { canvas, palette } = easel;
  const layers: Layer[] = [];
  for (let layer = 0; layer < options.layers; layer += 1) {
    const depth = options.layers === 1 ? 1 : layer / (options.layers - 1);
    const ground = skylineOf(easel, options, layer, depth);
    const edge = options.hasTrees && depth > 0.45 ? growTrees(easel, ground, depth) : ground;
    layers.push({ ground, edge, depth });
  }
  for (const [index, layer] of layers.entries()) {
    const body = mix(palette.far, palette.near, layer.depth ** 1.25);
    paintLayer(easel, layer, { body, options, covered: coveredBy(layers.slice(index + 1), canvas) });
  }
  return layers.at(-1)?.edge ?? new Float32Array(canvas.width);
}

/** For each column the row from which nearer layers hide this one; what they hide need not be painted. */
function coveredBy(nearer: readonly Layer[], canvas: { width: number; height: number }): Float32Array {
  const covered = new Float32Array(canvas.width).fill(canvas.height);
  for (const { edge } of nearer) {
    for (let x = 0; x < canvas.width; x += 1) {
      covered[x] = Math.min(covered[x] ?? 0, edge[x] ?? 0);
    }
  }
  return covered;
}

function skylineOf(easel: Easel, options: RangeOptions, layer: number, depth: number): Skyline {
  const { canvas, noise, random } = easel;
  const { width, height, unit } = canvas;
  const offset = random() * 80 + layer * 13.7;
  const base = (options.top + (options.bottom - options.top) * depth ** 1.15) * height;
  const rise = options.rise * height * (0.75 + 0.5 * random()) * (1 - depth * 0.45);
  const stretch = (1.1 + 0.9 * depth) / unit;
  const skyline = new Float32Array(width);
  for (let x = 0; x < width; x += 1) {
    const u = x * stretch + offset;
    const crags = ridged(noise, u * 1.15, layer * 3.1, 6) * 1.55 - 0.62;
    const hills = fractal(noise, u * 0.85, layer * 3.1, 4) * 1.1;
    const grain = fractal(noise, u * 9, layer, 3) * 0.06 * options.rough;
    skyline[x] = base - rise * (hills + (crags - hills) * options.rough + grain);
  }
  if (options.peakAt !== undefined && layer === 0) {
    raisePeak(easel, skyline, options.peakAt, base, options.rise * height);
  }
  return skyline;
}

/** One cone above all others, slightly concave as a volcano is. */
function raisePeak(easel: Easel, skyline: Skyline, at: number, base: number, rise: number): void {
  const { canvas, noise } = easel;
  const { width, unit } = canvas;
  const summit = rise * 1.9;
  for (let x = 0; x < width; x += 1) {
    const away = Math.abs(x - at * width) / (unit * 0.62);
    const slope = Math.max(0, 1 - away);
    const crater = smoothstep(0.06, 0.03, away) * 0.035;
    const wobble = fractal(noise, (x / unit) * 7, 4.2, 4) * 0.018;
    const cone = base - summit * (slope ** 1.45 - crater + wobble * slope);
    skyline[x] = Math.min(skyline[x] ?? base, slope > 0 ? cone : base);
  }
}

/** Conifers along a skyline: narrow spikes with ragged flanks, in groups. */
function growTrees(easel: Easel, bare: Skyline, depth: number): Skyline {
  const { canvas, noise, random } = easel;
  const { width, unit } = canvas;
  const size = unit * (0.012 + 0.062 * depth ** 2.2);
  const pitch = size * 0.3;
  const skyline = Float32Array.from(bare);
  for (let x = -size; x < width + size; x += pitch * (0.5 + random())) {
    const crowd = fractal(noise, (x / unit) * 2.4 + depth * 31, depth * 7, 2);
    if (crowd < -0.2) {
      continue;
    }
    const tall = size * (0.5 + 0.75 * random()) * (0.75 + 0.6 * Math.max(0, crowd));
    const half = tall * (0.16 + 0.06 * random());
    const foot = bare[Math.min(width - 1, Math.max(0, Math.round(x)))] ?? 0;
    for (
      let column = Math.max(0, Math.ceil(x - half));
      column <= Math.min(width - 1, x + half);
      column += 1
    ) {
      const away = Math.abs(column - x) / half;
      // Branches: the flank goes out and in as it goes down.
      const ragged = 0.1 * Math.sin(away * 26 + x) + 0.07 * noise(column * 0.5, x);
      const top = foot - tall * Math.max(0, 1 - away + ragged * (0.2 + away)) + tall * 0.05;
      skyline[column] = Math.min(skyline[column] ?? top, top);
    }
  }
  return skyline;
}

function paintLayer(
  easel: Easel,
  layer: Layer,
  look: { body: Lab; options: RangeOptions; covered: Float32Array },
): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const { body, options, covered } = look;
  const { ground, edge, depth } = layer;
  const seed = random() * 60;
  const scale = (2.2 + 1.2 * depth) / unit;
  const area = { width, top: Math.max(0, Math.min(...edge)), bottom: Math.max(...covered) };
  const relief = new Field({ ...area, step: 5 }, (x, y) =>
    ridged(
      noise,
      x * scale + seed,
      (y - (ground[Math.min(width - 1, x)] ?? 0) * 0.6) * scale * 1.25 + seed,
      4,
    ),
  );
  const drift = new Field({ ...area, step: 12 }, (x, y) =>
    fractal(noise, (x / unit) * 1.6 + seed, (y / unit) * 3.2, 3),
  );
  const nearMist = asksFor(easel, "ink") ? 0.75 : 0.25;
  const mistLength = height * (0.06 + 0.07 * options.mist) * (1 - depth * 0.2);
  const mistMost = Math.min(1, options.mist * 1.12) * (1 - depth * (1 - nearMist));
  const lit = mix(body, palette.glow, 0.28 * (1 - depth * 0.5));
  const dark = shift(body, -0.055, 1.05);
  const snow = mix(palette.light, body, 0.12 + 0.45 * (1 - depth));
  const snowShade = mix(palette.shade, body, 0.35);
  const side = easel.brief.tags.size % 2 === 0 ? 1 : -1;
  const step = unit * 0.008;
  const tone = options.rough * 0.85 + 0.15;
  for (let x = 0; x < width; x += 1) {
    const top = edge[x] ?? height;
    const foot = ground[x] ?? height;
    const first = Math.max(0, Math.floor(top));
    const end = Math.min(height, Math.ceil(covered[x] ?? height) + 1);
    for (let y = first; y < end; y += 1) {
      const index = y * width + x;
      const below = y - foot;
      const facet = Math.min(
        1,
        Math.max(0, 0.5 + (relief.at(x, y) - relief.at(x + step * side, y - step * 0.6)) * 3.4),
      );
      let colour =
        facet < 0.5 ? mix(body, dark, (1 - facet) * tone) : mix(body, lit, (facet - 0.5) * 1.3 * tone);
      if (options.hasSnow) {
        const line = height * (0.05 + 0.16 * (1 - depth)) * (0.6 + 0.8 * relief.at(x, y));
        const white = smoothstep(line, line * 0.35, below) * smoothstep(0.12, 0.42, facet + 0.18);
        colour = mix(
          colour,
          mix(snowShade, snow, smoothstep(0.3, 0.7, facet)),
          white * (0.95 - 0.55 * depth ** 3),
        );
      }
      const foggy = smoothstep(0, mistLength, below) * mistMost * (0.82 + 0.55 * drift.at(x, y));
      colour = mix(colour, palette.mist, Math.min(0.97, Math.max(0, foggy)));
      canvas.blend(index, colour, y === first ? 1 - (top - first) : 1);
    }
  }
}
