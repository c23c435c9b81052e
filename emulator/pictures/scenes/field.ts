import { type Lab, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel, placeCelestial } from "../easel.ts";
import { paintLoneTree } from "../elements/lone-tree.ts";
import { paintRange } from "../elements/ridges.ts";
import { paintSky } from "../elements/sky.ts";
import { fractal, smoothstep } from "../noise.ts";
import type { Stage } from "../props/place-props.ts";

/** Open country: far hills, a field in rows or terraces or grass, often a lone tree. */
export async function paintField(easel: Easel): Promise<Stage> {
  const { random, brief } = easel;
  const horizon = between(random, 0.44, 0.54);
  const celestial = placeCelestial(easel, horizon);
  paintSky(easel, { horizon, celestial });
  paintRange(easel, {
    layers: 3,
    top: horizon - 0.045,
    bottom: horizon + 0.01,
    rough: asksFor(easel, "mountain", "peak") ? 0.7 : 0.2,
    rise: asksFor(easel, "mountain", "peak") ? 0.14 : 0.06,
    mist: 0.85,
    hasSnow: brief.mood === "snow" || asksFor(easel, "snow"),
    hasTrees: random() < 0.5,
    ...(asksFor(easel, "peak") ? { peakAt: between(random, 0.3, 0.7) } : {}),
  });
  const crop = cropOf(easel);
  if (asksFor(easel, "terrace")) {
    paintTerraces(easel, horizon, crop);
  } else if (crop.inRows) {
    paintRows(easel, horizon, crop);
  } else {
    paintMeadow(easel, horizon, crop);
  }
  if (
    asksFor(easel, "tree", "autumn", "spring") ||
    (!asksFor(easel, "terrace", "cabin", "balloon", "horse", "person") && random() < 0.55)
  ) {
    await paintLoneTree(easel, between(random, 0.2, 0.8), horizon + 0.05);
  }
  return { horizon, ground: between(random, horizon + 0.09, horizon + 0.2) };
}

interface Crop {
  light: Lab;
  dark: Lab;
  inRows: boolean;
  /** Flowers among the grass, and how thick they stand. */
  bloom: Lab;
  bloomShare: number;
}

function cropOf(easel: Easel): Crop {
  const { palette, brief, random } = easel;
  const dim = palette.isDark ? -0.22 : 0;
  const dye = (colour: Lab): Lab => shift(mix(colour, palette.far, palette.isDark ? 0.45 : 0.14), dim);
  if (brief.mood === "snow" || asksFor(easel, "snow")) {
    return { light: palette.light, dark: palette.shade, inRows: false, bloom: palette.near, bloomShare: 0 };
  }
  if (asksFor(easel, "lavender", "purple")) {
    return {
      light: dye(lch(0.66, 0.13, 300)),
      dark: dye(lch(0.42, 0.1, 296)),
      inRows: true,
      bloom: dye(lch(0.72, 0.12, 305)),
      bloomShare: 0.9,
    };
  }
  const isRipe =
    asksFor(easel, "golden", "yellow", "autumn") || brief.mood === "golden" || brief.mood === "autumn";
  if (isRipe) {
    return {
      light: dye(lch(0.8, 0.13, 85)),
      dark: dye(lch(0.54, 0.1, 68)),
      inRows: random() < 0.5,
      bloom: dye(lch(0.88, 0.12, 90)),
      bloomShare: 0.3,
    };
  }
  const hasFlowers = asksFor(easel, "flower", "red", "pink", "spring") || brief.mood === "spring";
  return {
    light: mix(dye(lch(0.7, 0.12, 128)), palette.leaf, 0.25),
    dark: mix(dye(lch(0.45, 0.09, 140)), palette.leaf, 0.2),
    inRows: !hasFlowers && random() < 0.4,
    bloom: palette.accent,
    bloomShare: hasFlowers ? 0.5 : 0.06,
  };
}

/** Where a row of the ground lies between the horizon (0) and the lower edge (1). */
function groundShare(height: number, horizonY: number, y: number): number {
  return (y - horizonY) / (height - horizonY);
}

/** Rows that run to a vanishing point. */
function paintRows(easel: Easel, horizon: number, crop: Crop): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const vanish = between(random, 0.3, 0.7) * width;
  const horizonY = Math.round((horizon + 0.015) * height);
  const rows = between(random, 5, 8);
  for (let y = horizonY; y < height; y += 1) {
    const near = groundShare(height, horizonY, y);
    const haze = (1 - near) ** 3 * 0.75;
    for (let x = 0; x < width; x += 1) {
      const u = (x - vanish) / unit / (near + 0.045);
      const wobble =
        0.07 * noise(u * 2, 3 / (near + 0.1)) + 0.1 * noise((x / unit) * 22, (y / unit) * 22) * near;
      const row = Math.abs((((u * rows) / 3 + wobble) % 1) + 1) % 1;
      const mound = Math.sin(row * Math.PI) ** 0.8;
      const tuft = fractal(noise, (x / unit) * 60, (y / unit) * (26 + 40 * (1 - near)), 2) * 0.5 + 0.5;
      const lit = mound * (0.6 + 0.5 * tuft);
      let colour = mix(crop.dark, crop.light, Math.min(1, lit));
      colour = mix(colour, crop.bloom, smoothstep(0.62, 0.95, lit) * crop.bloomShare * 0.55);
      canvas.blend(y * width + x, mix(colour, palette.mist, haze), smoothstep(0, 0.012, near));
    }
  }
}

/** Grass in drifts with flowers scattered through it. */
function paintMeadow(easel: Easel, horizon: number, crop: Crop): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 40;
  const edgeAt = (x: number): number =>
    height * (horizon + 0.012) + unit * 0.022 * fractal(noise, (x / unit) * 1.3 + seed, seed, 3);
  for (let x = 0; x < width; x += 1) {
    const edge = edgeAt(x);
    for (let y = Math.floor(edge); y < height; y += 1) {
      const near = Math.max(0.001, groundShare(height, edge, y));
      const u = x / unit / (near + 0.12);
      const v = 2.6 * Math.log(near + 0.06);
      const drift = fractal(noise, u * 0.55 + seed, v * 1.2 + seed, 3) * 0.5 + 0.5;
      const blades = noise((x / unit) * 78 + seed, (y / unit) * 24) * 0.5 + 0.5;
      const tone = Math.min(
        1,
        Math.max(
          0,
          0.2 + 0.65 * drift + (blades - 0.5) * (0.25 + 0.4 * near) * (crop.bloomShare === 0 ? 0.3 : 1),
        ),
      );
      const haze = (1 - near) ** 4 * 0.7;
      canvas.blend(
        y * width + x,
        mix(mix(crop.dark, crop.light, tone), palette.mist, haze),
        y === Math.floor(edge) ? 0.5 : 1,
      );
    }
  }
  scatterBlooms(easel, edgeAt, crop);
}

function scatterBlooms(easel: Easel, edgeAt: (x: number) => number, crop: Crop): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const count = Math.round(9000 * crop.bloomShare * (width / unit));
  for (let bloom = 0; bloom < count; bloom += 1) {
    const near = 0.03 + 0.97 * Math.sqrt(bloom / count);
    const x = random() * width;
    const edge = edgeAt(x);
    const y = edge + (height - edge) * near * (0.97 + random() * 0.05);
    const crowd = noise((x / unit / (near + 0.12)) * 0.8, near * 5);
    if (crowd < -0.1 || y >= height) {
      continue;
    }
    const radius = unit * (0.0009 + 0.0062 * near ** 1.6) * between(random, 0.6, 1.2);
    const colour = mix(shift(crop.bloom, (random() - 0.5) * 0.12), palette.mist, (1 - near) ** 3 * 0.6);
    for (let dy = -Math.ceil(radius); dy <= radius; dy += 1) {
      for (let dx = -Math.ceil(radius); dx <= radius; dx += 1) {
        const column = Math.round(x) + dx;
        const row = Math.round(y) + dy;
        if (
          column >= 0 &&
          column < width &&
          row >= 0 &&
          row < height &&
          dx * dx + dy * dy * 1.8 <= radius * radius + 0.4
        ) {
          canvas.blend(row * width + column, shift(colour, -0.05 * (dy / radius)), 0.9);
        }
      }
    }
  }
}

/** Flooded steps that follow the hill and mirror the sky. */
function paintTerraces(easel: Easel, horizon: number, crop: Crop): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 60;
  const horizonY = Math.round((horizon + 0.005) * height);
  const steps = between(random, 13, 18);
  const mirror = palette.sky.at(-1) ?? palette.mist;
  const upper = palette.sky[1] ?? mirror;
  for (let y = horizonY; y < height; y += 1) {
    const near = groundShare(height, horizonY, y);
    for (let x = 0; x < width; x += 1) {
      const u = (x / unit - 0.5) / (near * 0.8 + 0.35);
      const hill = near ** 0.62 * steps + fractal(noise, u * 0.9 + seed, near * 1.7 + seed, 3) * steps * 0.2;
      const place = hill - Math.floor(hill);
      const dam = smoothstep(0.26, 0.17, place) + smoothstep(0.97, 1, place);
      const grass = mix(
        crop.dark,
        crop.light,
        smoothstep(0.24, 0.02, place) * (0.75 + 0.4 * noise((x / unit) * 50, (y / unit) * 50)),
      );
      const isPlanted = noise(Math.floor(hill) * 7.7 + u * 0.5, seed) > 0.22;
      const water = shift(
        mix(mirror, upper, near * 0.75),
        -0.02 - 0.05 * near + 0.012 * noise((x / unit) * 12, (y / unit) * 60),
      );
      const bed = isPlanted ? mix(water, crop.light, 0.72) : water;
      const colour = mix(bed, grass, Math.min(1, dam));
      canvas.blend(
        y * width + x,
        mix(colour, palette.mist, (1 - near) ** 2.6 * 0.7),
        smoothstep(0, 0.02, near),
      );
    }
  }
}
