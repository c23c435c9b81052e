import { gradient, type Lab, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel, placeCelestial } from "../easel.ts";
import { paintGlow } from "../elements/light.ts";
import { paintSky } from "../elements/sky.ts";
import { paintReflection } from "../elements/water.ts";
import { smoothstep } from "../noise.ts";
import type { Stage } from "../props/place-props.ts";

/** Towers in layers of haze, windows lit after dark, water or wet asphalt below. */
export function paintCity(easel: Easel): Stage {
  const { canvas, random, palette } = easel;
  const { height } = canvas;
  const shore = between(random, 0.74, 0.8);
  const celestial = placeCelestial(easel, shore - 0.3);
  paintSky(easel, { horizon: shore, celestial });
  const layers = 4;
  for (let layer = 0; layer < layers; layer += 1) {
    const depth = layer / (layers - 1);
    const haze = (1 - depth) ** 1.1 * 0.72;
    // Stone and glass: the land's colour with most of its green taken out.
    const stone = mix(palette.near, lch(palette.near[0] + 0.06, 0.03, 255), palette.isDark ? 0.25 : 0.85);
    const wall = mix(mix(stone, palette.far, 0.25), palette.mist, haze);
    paintBlock(easel, { depth, wall, foot: shore * height });
    veil(easel, shore * height, 0.22 * (1 - depth));
  }
  for (let y = Math.round(shore * height); y < height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      canvas.set(y * canvas.width + x, palette.water);
    }
  }
  paintReflection(easel, shore * height, { calm: 0.55 });
  paintQuay(easel, shore * height);
  return { horizon: shore, ground: shore + 0.002, water: between(random, 0.86, 0.9) };
}

interface Block {
  depth: number;
  wall: Lab;
  /** The row the buildings stand on. */
  foot: number;
}

function paintBlock(easel: Easel, block: Block): void {
  const { canvas, random, noise } = easel;
  const { width, height, unit } = canvas;
  const { depth } = block;
  const seed = random() * 50;
  let x = -unit * 0.05;
  while (x < width) {
    const wide = unit * between(random, 0.035, 0.1) * (0.75 + 0.55 * depth);
    const crowd = 0.5 + 0.5 * noise((x / unit) * 1.5 + seed, depth * 9);
    const tall = height * (0.1 + 0.3 * crowd ** 1.5 * between(random, 0.5, 1.25)) * (1.22 - 0.62 * depth);
    if (random() > 0.1 * depth) {
      paintTower(easel, block, { left: Math.round(x), wide: Math.round(wide), top: block.foot - tall });
    }
    x += wide * between(random, 0.86, 1.12);
  }
}

function paintTower(easel: Easel, block: Block, tower: { left: number; wide: number; top: number }): void {
  const { canvas, random, palette } = easel;
  const { width, unit } = canvas;
  const { depth, wall } = block;
  const { left, wide, top } = tower;
  const steps = random() < 0.35 ? Math.ceil(random() * 3) : 0;
  const tone = shift(wall, (random() - 0.5) * 0.03);
  const bright = palette.isDark ? mix(tone, palette.glow, 0.12) : mix(tone, palette.light, 0.2);
  const cell = Math.max(3, Math.round(unit * (0.0045 + 0.0055 * depth)));
  const share = palette.isDark ? between(random, 0.1, 0.5) : 0;
  const lamps = lampColours(easel);
  const paint = lamps[Math.floor(random() * lamps.length)] ?? palette.accent;
  for (let step = 0; step <= steps; step += 1) {
    const inset = Math.round((wide * 0.14 * (steps - step)) / Math.max(1, steps));
    const from = top - (steps - step) * unit * 0.018;
    for (let y = Math.max(0, Math.floor(from)); y < block.foot; y += 1) {
      for (let x = Math.max(0, left + inset); x < Math.min(width, left + wide - inset); x += 1) {
        const across = (x - left) / wide;
        const down = (y - top) / Math.max(1, block.foot - top);
        const colour = shift(
          mix(bright, tone, smoothstep(0, 0.5, across)),
          0.015 * (1 - down) - 0.01 * across,
        );
        canvas.blend(y * width + x, mix(colour, palette.mist, 0.25 * down * (1 - depth)), 1);
      }
    }
  }
  if (random() < 0.3) {
    paintMast(easel, left + wide / 2, top - steps * unit * 0.018, tone);
  }
  paintWindows(easel, block, { left, wide, top: top + cell * 2, cell, share, paint });
}

function lampColours(easel: Easel): Lab[] {
  const { palette } = easel;
  return asksFor(easel, "neon")
    ? [lch(0.8, 0.15, 195), lch(0.72, 0.22, 350), lch(0.82, 0.14, 85), lch(0.68, 0.2, 300)]
    : [palette.accent, lch(0.88, 0.1, 85), lch(0.9, 0.05, 95), lch(0.8, 0.12, 65)];
}

function paintMast({ canvas }: Easel, x: number, top: number, colour: Lab): void {
  const { width, unit } = canvas;
  const column = Math.round(x);
  for (let y = Math.max(0, Math.round(top - unit * 0.045)); y < top; y += 1) {
    if (column >= 0 && column < width && y >= 0) {
      canvas.blend(y * width + column, colour, 0.9);
    }
  }
}

function paintWindows(
  easel: Easel,
  block: Block,
  look: { left: number; wide: number; top: number; cell: number; share: number; paint: Lab },
): void {
  const { canvas, random, palette } = easel;
  const { width } = canvas;
  const { cell } = look;
  const pane = Math.max(2, Math.round(cell * 0.58));
  for (let y = look.top; y < block.foot - cell; y += cell * 1.5) {
    const rowShare = look.share * (0.3 + random() * 1.2);
    for (let x = look.left + cell; x < look.left + look.wide - cell; x += cell) {
      const isLit = random() < rowShare;
      const glass = palette.isDark ? undefined : shift(block.wall, -0.045);
      const colour = isLit ? look.paint : glass;
      if (colour === undefined) {
        continue;
      }
      const strength = isLit ? (0.3 + 0.65 * random()) * (0.35 + 0.65 * block.depth) : 0.4 * block.depth;
      for (let dy = 0; dy < pane; dy += 1) {
        for (let dx = 0; dx < pane; dx += 1) {
          const column = Math.round(x) + dx;
          const row = Math.round(y) + dy;
          if (column >= 0 && column < width && row >= 0) {
            canvas.blend(row * width + column, colour, strength);
          }
        }
      }
    }
  }
}

/** The haze that gathers between one row of buildings and the next. */
function veil({ canvas, palette }: Easel, foot: number, strength: number): void {
  const { width, height } = canvas;
  for (let y = Math.floor(foot - height * 0.34); y < foot; y += 1) {
    const part = smoothstep(foot - height * 0.34, foot, y) * strength;
    for (let x = 0; x < width && y >= 0; x += 1) {
      canvas.blend(y * width + x, palette.mist, part);
    }
  }
}

/** Lamps along the water's edge, and signs that colour the air when the prompt wants them. */
function paintQuay(easel: Easel, foot: number): void {
  const { canvas, random, palette } = easel;
  const { width, height, unit } = canvas;
  const line = gradient([shift(palette.near, -0.02), palette.near]);
  for (let y = Math.round(foot - unit * 0.007); y < foot; y += 1) {
    for (let x = 0; x < width; x += 1) {
      canvas.blend(y * width + x, line(x / width), 0.92);
    }
  }
  if (!palette.isDark) {
    return;
  }
  const lamps = lampColours(easel);
  const count = Math.round(16 * (width / unit));
  for (let lamp = 0; lamp < count; lamp += 1) {
    const colour = lamps[Math.floor(random() * lamps.length)] ?? palette.accent;
    const x = random() * width;
    const isSign = asksFor(easel, "neon") && random() < 0.35;
    const y = isSign ? foot - height * between(random, 0.05, 0.3) : foot - unit * 0.008;
    paintGlow(easel, { x, y, radius: unit * (isSign ? 0.05 : 0.011), colour, strength: isSign ? 0.4 : 0.8 });
    paintGlow(easel, {
      x,
      y: foot + (foot - y) * 0.7 + unit * 0.04,
      radius: unit * 0.02,
      colour,
      strength: 0.25,
    });
  }
}
