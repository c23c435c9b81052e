import type { Lab } from "../colour.ts";
import type { Easel } from "../easel.ts";
import { smoothstep } from "../noise.ts";

/** Fills the picture with a course of colours from top to bottom. */
export function fillDown({ canvas }: Easel, course: (part: number) => Lab): void {
  for (let y = 0; y < canvas.height; y += 1) {
    const colour = course(y / (canvas.height - 1));
    for (let x = 0; x < canvas.width; x += 1) {
      canvas.set(y * canvas.width + x, colour);
    }
  }
}

/** Beams that fan out from a point (parts of width and height, often outside the picture). */
export function paintBeams(
  easel: Easel,
  from: { x: number; y: number },
  look: { colour: Lab; strength: number; count: number },
): void {
  const { canvas, noise, random } = easel;
  const { width, height, unit } = canvas;
  const seed = random() * 50;
  const centreX = from.x * width;
  const centreY = from.y * height;
  const reach = Math.hypot(width, height) * 0.85;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = x - centreX;
      const dy = y - centreY;
      const angle = Math.atan2(dy, dx);
      const far = Math.sqrt(dx * dx + dy * dy) / reach;
      const beam = smoothstep(
        -0.05,
        0.55,
        noise(angle * look.count + seed, seed) + 0.35 * noise(angle * look.count * 2.7, seed),
      );
      const part = look.strength * beam * Math.max(0, 1 - far) * smoothstep(0, unit * 0.2, dy + unit * 0.3);
      canvas.blend(y * width + x, look.colour, part);
    }
  }
}

/** A soft round light. */
export function paintGlow(
  { canvas }: Easel,
  glow: { x: number; y: number; radius: number; colour: Lab; strength: number },
): void {
  const { width, height } = canvas;
  const reach = glow.radius * 2.6;
  for (let y = Math.max(0, Math.floor(glow.y - reach)); y < Math.min(height, glow.y + reach); y += 1) {
    for (let x = Math.max(0, Math.floor(glow.x - reach)); x < Math.min(width, glow.x + reach); x += 1) {
      const far = ((x - glow.x) ** 2 + (y - glow.y) ** 2) / (glow.radius * glow.radius);
      canvas.blend(y * width + x, glow.colour, glow.strength * Math.exp(-far));
    }
  }
}

/** Out-of-focus discs of light, a little brighter at the rim, as a wide lens draws them. */
export function paintBokeh(
  easel: Easel,
  look: { colours: readonly Lab[]; count: number; size: number; strength: number },
): void {
  const { canvas, random } = easel;
  const { width, height, unit } = canvas;
  for (let disc = 0; disc < look.count; disc += 1) {
    const centreX = random() * width;
    const centreY = random() * height;
    const radius = unit * look.size * (0.3 + random());
    const colour = look.colours[Math.floor(random() * look.colours.length)] ?? [1, 0, 0];
    const strength = look.strength * (0.25 + 0.75 * random());
    for (let y = Math.max(0, Math.floor(centreY - radius)); y < Math.min(height, centreY + radius); y += 1) {
      for (let x = Math.max(0, Math.floor(centreX - radius)); x < Math.min(width, centreX + radius); x += 1) {
        const far = Math.hypot(x - centreX, y - centreY) / radius;
        const rim = 0.75 + 0.25 * smoothstep(0.6, 0.95, far);
        canvas.blend(y * width + x, colour, strength * rim * smoothstep(1, 0.9, far));
      }
    }
  }
}
