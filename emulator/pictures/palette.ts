import type { Random } from "../core/random.ts";
import type { Brief } from "./brief.ts";
import { type Lab, lch, mix, shift, turn } from "./colour.ts";
import { PALETTE_ROWS, type Triple } from "./palette-rows.ts";

/** The colours of a picture, from its sky to its foreground. */
export interface Palette {
  /** From the zenith down to the horizon. */
  sky: readonly Lab[];
  /** Around the sun or moon. */
  glow: Lab;
  sun: Lab;
  /** Land far away and near by; what lies between is mixed. */
  far: Lab;
  near: Lab;
  mist: Lab;
  /** Lit and unlit sides of clouds and snow. */
  light: Lab;
  shade: Lab;
  water: Lab;
  /** Plants, and the small strong colour a picture turns on. */
  leaf: Lab;
  accent: Lab;
  isDark: boolean;
}

/** The colours for a brief, a little different for every seed. */
export function choosePalette(brief: Brief, random: Random): Palette {
  const row = PALETTE_ROWS[brief.mood];
  const degrees = (random() - 0.5) * 16;
  const chroma = 0.9 + random() * 0.22;
  const lightness = (random() - 0.5) * 0.03;
  const colour = ([l, c, h]: Triple): Lab => shift(turn(lch(l, c, h), degrees), lightness, chroma);
  const palette: Palette = {
    sky: row.sky.map(colour),
    glow: colour(row.glow),
    sun: lch(...row.sun),
    far: colour(row.far),
    near: colour(row.near),
    mist: colour(row.mist),
    light: colour(row.light),
    shade: colour(row.shade),
    water: colour(row.water),
    leaf: colour(row.leaf),
    accent: colour(row.accent),
    isDark: row.isDark ?? false,
  };
  return tinted(palette, brief);
}

const TINTS: readonly (readonly [
  "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "purple" | "pink",
  number,
  number,
])[] = [
  ["red", 0.17, 28],
  ["orange", 0.16, 52],
  ["yellow", 0.15, 92],
  ["green", 0.13, 148],
  ["teal", 0.1, 195],
  ["blue", 0.12, 252],
  ["purple", 0.14, 305],
  ["pink", 0.13, 355],
];

const FLOWERING: readonly string[] = ["flower", "lotus", "blossom", "interior"];

/** A colour named in the prompt becomes the accent and leans into leaves and glow. */
function tinted(palette: Palette, brief: Brief): Palette {
  const named = TINTS.find(([tag]) => brief.tags.has(tag));
  if (named === undefined) {
    return palette;
  }
  const [, chroma, hue] = named;
  const dye = (colour: Lab, part: number): Lab => mix(colour, lch(colour[0], chroma, hue), part);
  return {
    ...palette,
    accent: lch(palette.isDark ? 0.72 : 0.64, chroma * 1.15, hue),
    // A red rose has green leaves; a red forest has not.
    leaf: FLOWERING.includes(brief.scene) ? palette.leaf : dye(palette.leaf, 0.55),
    glow: dye(palette.glow, 0.3),
    mist: dye(palette.mist, 0.12),
    far: dye(palette.far, 0.2),
  };
}
