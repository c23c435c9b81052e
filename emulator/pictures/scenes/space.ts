import { type Lab, lch, mix, shift } from "../colour.ts";
import { asksFor, between, type Easel } from "../easel.ts";
import { fillDown } from "../elements/light.ts";
import { paintStars } from "../elements/sky.ts";
import { Field } from "../field.ts";
import { fractal, smoothstep } from "../noise.ts";

/** A planet with air at its rim, before a nebula; rings and a moon when the seed is kind. */
export function paintSpace(easel: Easel): void {
  const { canvas, random, palette } = easel;
  const { width, height, unit } = canvas;
  const hue = random() * 360;
  fillDown(easel, () => lch(0.12, 0.035, 270));
  paintNebula(easel, hue);
  paintStars(easel, height * 1.6, 1.1);
  const radius = unit * between(random, 0.24, 0.36);
  const planet = {
    x: width * between(random, 0.36, 0.64),
    y: height * between(random, 0.44, 0.6),
    radius,
    base: asksFor(easel, "red", "orange")
      ? lch(0.6, 0.13, 40)
      : mix(lch(0.62, 0.1, hue + 150), palette.accent, 0.25),
    hasRings: asksFor(easel, "space") && random() < 0.6,
    tilt: between(random, -0.5, 0.5),
  };
  if (planet.hasRings) {
    paintRings(easel, planet, false);
  }
  paintPlanet(easel, planet);
  if (planet.hasRings) {
    paintRings(easel, planet, true);
  }
  paintPlanet(easel, {
    ...planet,
    x: planet.x + radius * between(random, 1.35, 1.8) * (random() < 0.5 ? 1 : -1),
    y: planet.y - radius * between(random, 0.7, 1.2),
    radius: radius * between(random, 0.1, 0.18),
    base: lch(0.72, 0.02, hue),
  });
}

function paintNebula(easel: Easel, hue: number): void {
  const { canvas, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 50;
  const warp = new Field({ width, top: 0, bottom: height, step: 8 }, (x, y) =>
    fractal(noise, (x / unit) * 1.1 + seed, (y / unit) * 1.1, 4),
  );
  const gas = new Field({ width, top: 0, bottom: height, step: 4 }, (x, y) =>
    fractal(
      noise,
      (x / unit) * 1.7 + warp.at(x, y) * 1.3 + seed,
      (y / unit) * 1.7 - warp.at(x, y) + seed,
      5,
      0.55,
    ),
  );
  const colours: readonly Lab[] = [
    lch(0.42, 0.13, hue),
    lch(0.55, 0.13, hue + 50),
    lch(0.74, 0.09, hue + 95),
  ];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const thick = smoothstep(-0.25, 0.6, gas.at(x, y));
      const part = Math.min(0.999, thick) * 2;
      const low = colours[Math.floor(part)] ?? lch(0.4, 0.1, hue);
      const high = colours[Math.floor(part) + 1] ?? low;
      canvas.blend(y * width + x, mix(low, high, part - Math.floor(part)), thick * 0.85);
    }
  }
}

interface Planet {
  x: number;
  y: number;
  radius: number;
  base: Lab;
  tilt: number;
}

function paintPlanet(easel: Easel, planet: Planet): void {
  const { canvas, noise, random } = easel;
  const { width, height } = canvas;
  const seed = random() * 50;
  const { radius } = planet;
  const rim = shift(planet.base, 0.22, 0.9);
  const reach = radius * 1.16;
  for (let y = Math.max(0, Math.floor(planet.y - reach)); y < Math.min(height, planet.y + reach); y += 1) {
    for (let x = Math.max(0, Math.floor(planet.x - reach)); x < Math.min(width, planet.x + reach); x += 1) {
      const u = (x - planet.x) / radius;
      const v = (y - planet.y) / radius;
      const far = Math.sqrt(u * u + v * v);
      const light = smoothstep(
        -0.35,
        0.95,
        -u * 0.72 - v * 0.45 + Math.sqrt(Math.max(0, 1 - far * far)) * 0.5,
      );
      if (far <= 1) {
        const depth = Math.sqrt(1 - far * far);
        const latitude = v * Math.cos(planet.tilt) + u * Math.sin(planet.tilt);
        const longitude = (u * Math.cos(planet.tilt) - v * Math.sin(planet.tilt)) / (0.35 + depth);
        const swirl = fractal(noise, longitude * 1.3 + seed, latitude * 4 + seed, 4);
        const bands = fractal(noise, seed + swirl * 0.35, latitude * 6.5 + swirl * 0.6, 4);
        const surface = shift(planet.base, bands * 0.13 + swirl * 0.05, 1 + bands * 0.3);
        const shaded = mix([0.09, 0, -0.02], surface, 0.05 + 0.95 * light);
        const air = smoothstep(0.8, 1, far) * light;
        canvas.blend(y * width + x, mix(shaded, rim, air * 0.6), smoothstep(1, 1 - 1.5 / radius, far));
      } else {
        canvas.blend(y * width + x, rim, light * Math.exp(-(far - 1) * 26) * 0.7);
      }
    }
  }
}

/** Rings as a flat disc seen from aslant; the far half goes behind the planet. */
function paintRings(easel: Easel, planet: Planet, isFront: boolean): void {
  const { canvas, noise } = easel;
  const { width, height } = canvas;
  const { radius } = planet;
  const tint = shift(planet.base, 0.16, 0.6);
  const cos = Math.cos(planet.tilt * 0.6);
  const sin = Math.sin(planet.tilt * 0.6);
  const reach = radius * 2.3;
  for (let y = Math.max(0, Math.floor(planet.y - reach)); y < Math.min(height, planet.y + reach); y += 1) {
    for (let x = Math.max(0, Math.floor(planet.x - reach)); x < Math.min(width, planet.x + reach); x += 1) {
      const dx = (x - planet.x) / radius;
      const dy = (y - planet.y) / radius;
      const u = dx * cos + dy * sin;
      const v = (dy * cos - dx * sin) / 0.26;
      const far = Math.sqrt(u * u + v * v);
      if (v > 0 !== isFront || far < 1.32 || far > 2.2) {
        continue;
      }
      const groove = 0.5 + 0.5 * noise(far * 26, 3.3) * noise(far * 9, 8.1) + 0.3 * noise(far * 60, 1);
      const edge = smoothstep(1.32, 1.4, far) * smoothstep(2.2, 2.05, far);
      canvas.blend(y * width + x, tint, Math.max(0, Math.min(0.85, edge * groove)));
    }
  }
}
