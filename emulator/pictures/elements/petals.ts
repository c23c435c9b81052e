import type { Random } from "../../core/random.ts";
import { type Lab, mix, shift, toHex } from "../colour.ts";
import { between } from "../easel.ts";

const fixed = (value: number): string => value.toFixed(2);

/** A flower seen from the front, in its own colours, about the origin. */
export interface Bloom {
  radius: number;
  inner: Lab;
  outer: Lab;
  heart: Lab;
  /** Unlike any other in the picture: names the gradients. */
  id: string;
}

function gradientOf(bloom: Bloom): string {
  const { id, inner, outer, radius } = bloom;
  return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="${fixed(radius)}"><stop offset="0.08" stop-color="${toHex(inner)}"/><stop offset="0.55" stop-color="${toHex(mix(inner, outer, 0.65))}"/><stop offset="1" stop-color="${toHex(outer)}"/></radialGradient>`;
}

function petal(radius: number, wide: number, notch: number): string {
  const r = radius;
  return `M0 0C${fixed(r * wide)} ${fixed(-r * 0.25)} ${fixed(r * wide * 1.15)} ${fixed(-r * 0.85)} ${fixed(r * 0.12)} ${fixed(-r)}Q0 ${fixed(-r * (1 - notch))} ${fixed(-r * 0.12)} ${fixed(-r)}C${fixed(-r * wide * 1.15)} ${fixed(-r * 0.85)} ${fixed(-r * wide)} ${fixed(-r * 0.25)} 0 0Z`;
}

/** Five notched petals and a tuft of stamens: cherry, plum, apple. */
export function fiveFold(random: Random, bloom: Bloom): string {
  const { radius, id, heart, outer } = bloom;
  const start = random() * 72;
  const edge = toHex(shift(outer, -0.07));
  const shapes = [`<defs>${gradientOf(bloom)}</defs>`];
  for (let index = 0; index < 5; index += 1) {
    const long = radius * between(random, 0.92, 1.05);
    shapes.push(
      `<path transform="rotate(${fixed(start + index * 72)})" d="${petal(long, between(random, 0.5, 0.6), 0.1)}" fill="url(#${id})" stroke="${edge}" stroke-opacity="0.35" stroke-width="${fixed(radius * 0.018)}"/>`,
    );
  }
  for (let stamen = 0; stamen < 14; stamen += 1) {
    const angle = random() * 6.283;
    const long = radius * between(random, 0.22, 0.46);
    const x = fixed(Math.cos(angle) * long);
    const y = fixed(Math.sin(angle) * long);
    shapes.push(
      `<path d="M0 0L${x} ${y}" stroke="${toHex(shift(heart, 0.1))}" stroke-width="${fixed(radius * 0.016)}"/><circle cx="${x}" cy="${y}" r="${fixed(radius * 0.034)}" fill="${toHex(heart)}"/>`,
    );
  }
  return shapes.join("");
}

/** Rings of petals that grow outwards along a golden spiral: dahlia, chrysanthemum, peony. */
export function manyFold(random: Random, bloom: Bloom, petals = 110): string {
  const { radius, inner, outer, heart } = bloom;
  const shapes: string[] = [];
  for (let index = petals; index > 0; index -= 1) {
    const part = index / petals;
    const angle = index * 137.508 + random() * 3;
    const reach = radius * (0.14 + 0.6 * part ** 0.8);
    const long = radius * (0.12 + 0.36 * part);
    const colour = mix(inner, outer, Math.min(1, part * 0.95 + (random() - 0.5) * 0.12));
    const shade = toHex(shift(colour, -0.13));
    shapes.push(
      `<g transform="rotate(${fixed(angle)}) translate(0 ${fixed(-reach + long * 0.75)})"><path d="${petal(long, 0.34, 0.02)}" fill="${toHex(shift(colour, 0.02))}" stroke="${shade}" stroke-opacity="0.55" stroke-width="${fixed(radius * 0.008)}"/><path d="M0 0L0 ${fixed(-long * 0.8)}" stroke="${shade}" stroke-opacity="0.3" stroke-width="${fixed(long * 0.04)}"/></g>`,
    );
  }
  shapes.push(`<circle r="${fixed(radius * 0.12)}" fill="${toHex(heart)}"/>`);
  return shapes.join("");
}

/** A disc of seeds with rays about it: sunflower, daisy. */
export function rayed(random: Random, bloom: Bloom): string {
  const { radius, id, heart, outer } = bloom;
  const shapes = [`<defs>${gradientOf(bloom)}</defs>`];
  const rays = 21;
  const edge = toHex(shift(outer, -0.16));
  for (const ring of [1, 0.88]) {
    for (let ray = 0; ray < rays; ray += 1) {
      const turn = (360 / rays) * (ray + (ring === 1 ? 0 : 0.5)) + (random() - 0.5) * 7;
      const long = radius * ring * between(random, 0.9, 1.04);
      const wide = long * 0.115;
      shapes.push(
        `<g transform="rotate(${fixed(turn)})"><path d="M0 0C${fixed(wide)} ${fixed(-long * 0.35)} ${fixed(wide * 1.2)} ${fixed(-long * 0.72)} 0 ${fixed(-long)}C${fixed(-wide * 1.2)} ${fixed(-long * 0.72)} ${fixed(-wide)} ${fixed(-long * 0.35)} 0 0Z" fill="url(#${id})" stroke="${edge}" stroke-opacity="0.5" stroke-width="${fixed(radius * 0.008)}"/><path d="M0 0L0 ${fixed(-long * 0.86)}" stroke="${edge}" stroke-opacity="0.28" stroke-width="${fixed(radius * 0.01)}"/></g>`,
      );
    }
  }
  shapes.push(`<circle r="${fixed(radius * 0.36)}" fill="${toHex(shift(heart, -0.06))}"/>`);
  for (let seed = 0; seed < 230; seed += 1) {
    const far = radius * 0.35 * Math.sqrt(seed / 230);
    const angle = seed * 2.39996;
    const tone = shift(heart, (random() - 0.4) * 0.14 + (seed / 230) * 0.06);
    shapes.push(
      `<circle cx="${fixed(Math.cos(angle) * far)}" cy="${fixed(Math.sin(angle) * far)}" r="${fixed(radius * 0.013)}" fill="${toHex(tone)}"/>`,
    );
  }
  return shapes.join("");
}

/** A lotus from the side: pointed petals opening from a common foot. */
export function lotusCup(random: Random, bloom: Bloom): string {
  const { radius, id, inner, outer } = bloom;
  const lit = toHex(shift(inner, 0.06));
  const defs = `<defs><linearGradient id="${id}" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="${lit}"/><stop offset="0.55" stop-color="${toHex(inner)}"/><stop offset="1" stop-color="${toHex(outer)}"/></linearGradient></defs>`;
  const shapes = [defs];
  const rows: readonly (readonly [count: number, spread: number, long: number])[] = [
    [7, 152, 0.82],
    [6, 104, 0.98],
    [5, 62, 1.04],
    [4, 84, 0.8],
    [3, 46, 0.72],
  ];
  for (const [count, spread, long] of rows) {
    for (let index = 0; index < count; index += 1) {
      const turn = count === 1 ? 0 : (index / (count - 1) - 0.5) * spread + (random() - 0.5) * 5;
      const r = radius * long * between(random, 0.94, 1.04) * (1 - Math.abs(turn) / 520);
      shapes.push(
        `<path transform="rotate(${fixed(turn)})" d="M0 0C${fixed(r * 0.26)} ${fixed(-r * 0.22)} ${fixed(r * 0.25)} ${fixed(-r * 0.68)} 0 ${fixed(-r)}C${fixed(-r * 0.25)} ${fixed(-r * 0.68)} ${fixed(-r * 0.26)} ${fixed(-r * 0.22)} 0 0Z" fill="url(#${id})" stroke="${toHex(shift(outer, -0.1))}" stroke-opacity="0.5" stroke-width="${fixed(radius * 0.01)}"/>`,
      );
    }
  }
  return shapes.join("");
}
