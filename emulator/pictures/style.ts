import { lch, mix } from "./colour.ts";
import { asksFor, type Easel } from "./easel.ts";
import { Field } from "./field.ts";
import { fractal, smoothstep } from "./noise.ts";

/** Turns the finished picture into the medium the prompt asks for: black and white, ink, a cyanotype, film, watercolour. */
export function applyStyle(easel: Easel): void {
  if (asksFor(easel, "ink")) {
    toInk(easel);
  } else if (asksFor(easel, "cyanotype") && easel.brief.scene !== "botanical") {
    toCyanotype(easel);
  } else if (asksFor(easel, "mono")) {
    eachPixel(easel, (lightness) => [contrast(lightness, 1.12), 0, 0.002]);
  } else if (asksFor(easel, "film")) {
    // Lifted blacks, warm lights, cool shadows.
    eachPixel(easel, (lightness, a, b) => [
      0.06 + lightness * 0.9,
      a * 0.86 + 0.004,
      b * 0.86 + 0.02 * lightness - 0.006,
    ]);
  }
  if (asksFor(easel, "watercolour", "oil")) {
    paintOver(easel, asksFor(easel, "watercolour"));
  }
}

type Change = (lightness: number, a: number, b: number, index: number) => readonly [number, number, number];

function eachPixel({ canvas }: Easel, change: Change): void {
  const { data } = canvas;
  for (let index = 0; index < canvas.width * canvas.height; index += 1) {
    const place = index * 3;
    const [lightness, a, b] = change(data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0, index);
    data[place] = lightness;
    data[place + 1] = a;
    data[place + 2] = b;
  }
}

function contrast(lightness: number, factor: number): number {
  return Math.min(1, Math.max(0, 0.5 + (lightness - 0.5) * factor));
}

/** Grey washes on rice paper; what was red keeps a breath of vermilion. */
function toInk(easel: Easel): void {
  const { canvas, noise } = easel;
  const { width, unit } = canvas;
  const paper = lch(0.945, 0.018, 88);
  const wash = new Field({ width, top: 0, bottom: canvas.height, step: 6 }, (x, y) =>
    fractal(noise, (x / unit) * 2.4, (y / unit) * 2.4, 4),
  );
  eachPixel(easel, (lightness, a, b, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    const wet = wash.at(x, y) * 0.05;
    const tone = smoothstep(0.1, 0.86, lightness + wet) ** 0.85;
    const fibre = 0.008 * noise(x * 0.33, y * 0.08);
    const keepsRed = smoothstep(0.09, 0.16, a) * 0.8;
    return [
      0.17 + (paper[0] - 0.17) * tone + fibre,
      paper[1] * tone + a * keepsRed + a * 0.08,
      paper[2] * tone + b * keepsRed + b * 0.05,
    ];
  });
}

function toCyanotype(easel: Easel): void {
  const dark = lch(0.24, 0.085, 254);
  const middle = lch(0.5, 0.095, 246);
  const light = lch(0.95, 0.014, 210);
  eachPixel(easel, (lightness) => {
    const tone = smoothstep(0.05, 0.98, lightness);
    return tone < 0.5 ? mix(dark, middle, tone * 2) : mix(middle, light, tone * 2 - 1);
  });
}

/** Strokes: each pixel takes the colour of a place nearby, chosen along a slow flow. */
function paintOver(easel: Easel, isWatercolour: boolean): void {
  const { canvas, noise } = easel;
  const { width, height, unit } = canvas;
  const source = Float32Array.from(canvas.data);
  const flow = new Field(
    { width, top: 0, bottom: height, step: 8 },
    (x, y) => fractal(noise, (x / unit) * 2.2, (y / unit) * 2.2, 3) * 3.1,
  );
  const cell = isWatercolour ? 0.011 : 0.0075;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const angle = flow.at(x, y);
      const along = (x * Math.cos(angle) + y * Math.sin(angle)) / (unit * cell * 3.2);
      const across = (y * Math.cos(angle) - x * Math.sin(angle)) / (unit * cell * 0.6);
      const stroke = noise(along, across);
      const dx = Math.cos(angle) * stroke * unit * cell * 1.4;
      const dy = Math.sin(angle) * stroke * unit * cell * 1.4;
      const column = Math.min(width - 1, Math.max(0, Math.round(x + dx)));
      const row = Math.min(height - 1, Math.max(0, Math.round(y + dy)));
      const from = (row * width + column) * 3;
      const to = (y * width + x) * 3;
      const relief = isWatercolour ? noise(x * 0.16, y * 0.16) * 0.012 : stroke * 0.018;
      const wash = isWatercolour ? 0.12 : 0;
      canvas.data[to] = (source[from] ?? 0) * (1 - wash) + 0.96 * wash + relief;
      canvas.data[to + 1] = (source[from + 1] ?? 0) * (isWatercolour ? 0.95 : 1.06);
      canvas.data[to + 2] = (source[from + 2] ?? 0) * (isWatercolour ? 0.95 : 1.06);
    }
  }
}
