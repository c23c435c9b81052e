import { gradient, mix } from "../colour.ts";
import type { Celestial, Easel } from "../easel.ts";
import { asksFor, between } from "../easel.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";

/** Fills the picture down to the horizon (part of the height) and beyond with sky, glow, sun or moon, and clouds. */
export function paintSky(easel: Easel, options: { horizon: number; celestial: Celestial | undefined }): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const horizonY = Math.max(1, options.horizon * height);
  const course = gradient(palette.sky);
  const drift = random() * 100;
  const bands = new Field({ width, top: 0, bottom: height, step: 8 }, (x, y) =>
    fractal(noise, x / unit / 1.4 + drift, (y / unit) * 1.6, 3),
  );
  const { celestial } = options;
  const sunX = (celestial?.x ?? 0.5) * width;
  const sunY = (celestial?.y ?? options.horizon) * height;
  const reach = unit * (celestial?.isMoon === true ? 0.32 : 0.55);
  const strength = celestial === undefined ? 0.35 : 0.85;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      const part = y / horizonY + bands.at(x, y) * 0.05;
      canvas.set(index, course(part));
      const dx = (x - sunX) * 0.8;
      const dy = y - sunY;
      const far = Math.sqrt(dx * dx + dy * dy) / reach;
      // Beyond this the glow is fainter than the grain.
      if (far < 3.2) {
        canvas.blend(
          index,
          palette.glow,
          strength * (0.55 * Math.exp(-far * 1.7) + 0.35 * Math.exp(-far * far * 9)),
        );
      }
    }
  }
  if (palette.isDark && asksFor(easel, "stars", "night", "moon", "aurora", "space")) {
    paintStars(easel, horizonY);
  }
  if (celestial !== undefined) {
    paintDisc(easel, celestial);
  }
  paintClouds(easel, horizonY, celestial);
}

/** Stars of all sizes down to a line; brighter ones are few. */
export function paintStars(easel: Easel, horizonY: number, density = 1): void {
  const { canvas, random, palette } = easel;
  const { width, unit } = canvas;
  const count = Math.round(((width * horizonY) / 2600) * density);
  for (let star = 0; star < count; star += 1) {
    const x = random() * width;
    const y = random() ** 1.2 * horizonY;
    const size = random() ** 9;
    const radius = (0.0009 + size * 0.0024) * unit;
    const bright = (0.3 + 0.7 * random() ** 1.6) * (1 - y / horizonY) ** 0.35;
    const colour = mix(palette.sun, random() < 0.5 ? [0.92, -0.02, -0.05] : [0.94, 0.02, 0.04], random());
    spot(easel, { x, y, radius }, bright, colour);
  }
}

function spot(
  { canvas }: Easel,
  place: { x: number; y: number; radius: number },
  bright: number,
  colour: readonly [number, number, number],
): void {
  const reach = Math.ceil(place.radius * 3);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const x = Math.round(place.x) + dx;
      const y = Math.round(place.y) + dy;
      if (x >= 0 && y >= 0 && x < canvas.width && y < canvas.height) {
        const far = Math.hypot(x - place.x, y - place.y) / place.radius;
        canvas.blend(y * canvas.width + x, colour, Math.min(1, bright * Math.exp(-far * far)));
      }
    }
  }
}

function paintDisc(easel: Easel, celestial: Celestial): void {
  const { canvas, palette, noise } = easel;
  const { width, height, unit } = canvas;
  const radius = celestial.radius * unit;
  const centreX = celestial.x * width;
  const centreY = celestial.y * height;
  const edge = celestial.isMoon ? 1.4 : unit * 0.004;
  for (
    let y = Math.max(0, Math.floor(centreY - radius - edge));
    y < Math.min(height, centreY + radius + edge);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(centreX - radius - edge));
      x < Math.min(width, centreX + radius + edge);
      x += 1
    ) {
      const far = Math.hypot(x - centreX, y - centreY);
      const cover = smoothstep(radius + edge, radius - edge, far);
      const u = (x - centreX) / radius;
      const v = (y - centreY) / radius;
      const seas = celestial.isMoon
        ? smoothstep(-0.15, 0.45, fractal(noise, u * 1.1 + 7, v * 1.1 + 3, 4)) * 0.1
        : 0;
      const limb = celestial.isMoon ? 0.05 * (far / radius) ** 2 : 0;
      canvas.blend(y * width + x, [palette.sun[0] - seas - limb, palette.sun[1], palette.sun[2]], cover);
    }
  }
}

function cover(easel: Easel): number {
  if (asksFor(easel, "storm", "rain")) {
    return 0.8;
  }
  if (asksFor(easel, "cloud")) {
    return 0.6;
  }
  const bounds: Record<string, readonly [number, number]> = {
    overcast: [0.7, 0.85],
    night: [0.05, 0.25],
    snow: [0.2, 0.5],
  };
  const [low, high] = bounds[easel.brief.mood] ?? [0.15, 0.5];
  return asksFor(easel, "stars", "minimal") ? 0.08 : between(easel.random, low, high);
}

/** Stretched, wind-drawn clouds, lit from where the sun is and thinning towards the zenith. */
function paintClouds(easel: Easel, horizonY: number, celestial: Celestial | undefined): void {
  const { canvas, palette, noise, random } = easel;
  const { width, height, unit } = canvas;
  const amount = cover(easel);
  const seedX = random() * 50;
  const seedY = random() * 50;
  const density = new Field({ width, top: 0, bottom: Math.min(height, horizonY + 8), step: 4 }, (x, y) => {
    // Perspective: the nearer the horizon, the flatter and smaller.
    const depth = 0.32 + 0.9 * (1 - y / horizonY);
    const u = x / unit / depth;
    const v = (y / unit) * (1.5 + 1.6 / (depth + 0.35));
    const warp = fractal(noise, u * 0.9 + seedX, v * 0.9 + seedY, 3);
    return fractal(noise, u * 1.15 + warp * 0.75 + seedX, v * 1.3 + warp * 0.35 - seedY, 5, 0.52);
  });
  const threshold = 0.42 - amount * 0.72;
  const towardsX = ((celestial?.x ?? 0.5) * width > width / 2 ? 1 : -1) * unit * 0.016;
  const end = Math.min(height, Math.floor(horizonY) + 2);
  for (let y = 0; y < end; y += 1) {
    const fade = smoothstep(1.02, 0.8, y / horizonY) * (0.55 + 0.45 * smoothstep(0, 0.35, y / horizonY));
    for (let x = 0; x < width; x += 1) {
      const here = density.at(x, y);
      const thick = smoothstep(threshold, threshold + 0.42, here);
      if (thick > 0.002) {
        const lit = Math.min(
          1,
          Math.max(0, 0.55 + (here - density.at(x + towardsX, y - unit * 0.012)) * 2.6),
        );
        canvas.blend(
          y * width + x,
          mix(palette.shade, palette.light, lit * 0.85 + 0.15 * (1 - thick)),
          thick * fade * 0.8,
        );
      }
    }
  }
}
