import { type Lab, mix, shift } from "../colour.ts";
import type { Easel } from "../easel.ts";

/** A patch of leaves: where, how wide and tall (pixels), and what colours they run through. */
export interface Crown {
  x: number;
  y: number;
  width: number;
  height: number;
  dark: Lab;
  light: Lab;
  /** Leaves to dab. */
  count: number;
  /** Radius of a leaf in pixels. */
  size: number;
}

/** Dabs leaves into an ellipse: dark ones low and inside first, lit ones high and outside last. */
export function paintCrown(easel: Easel, crown: Crown): void {
  const { random } = easel;
  for (let leaf = 0; leaf < crown.count; leaf += 1) {
    const order = leaf / crown.count;
    const angle = random() * 2 * Math.PI;
    const far = Math.sqrt(random()) * (0.75 + 0.3 * random());
    const x = crown.x + Math.cos(angle) * far * crown.width * 0.5;
    const y = crown.y + Math.sin(angle) * far * crown.height * 0.5;
    const lift = (crown.y - y) / crown.height;
    const tone = Math.min(1, Math.max(0, 0.15 + 0.55 * order + lift * 0.75 + (random() - 0.5) * 0.35));
    const colour = shift(mix(crown.dark, crown.light, tone), (random() - 0.5) * 0.04);
    dab(
      easel,
      {
        x,
        y,
        radius: crown.size * (0.6 + random() * 0.8),
        flat: 0.45 + random() * 0.5,
        angle: random() * 3.1,
      },
      colour,
      0.85,
    );
  }
}

/** One soft ellipse. */
export function dab(
  { canvas }: Easel,
  leaf: { x: number; y: number; radius: number; flat: number; angle: number },
  colour: Lab,
  strength: number,
): void {
  const { width, height } = canvas;
  const reach = Math.ceil(leaf.radius + 1);
  const cos = Math.cos(leaf.angle);
  const sin = Math.sin(leaf.angle);
  const top = Math.max(0, Math.floor(leaf.y - reach));
  const bottom = Math.min(height - 1, Math.ceil(leaf.y + reach));
  const left = Math.max(0, Math.floor(leaf.x - reach));
  const right = Math.min(width - 1, Math.ceil(leaf.x + reach));
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const dx = x - leaf.x;
      const dy = y - leaf.y;
      const u = (dx * cos + dy * sin) / leaf.radius;
      const v = (dy * cos - dx * sin) / (leaf.radius * leaf.flat);
      const far = u * u + v * v;
      if (far < 1.3) {
        canvas.blend(y * width + x, colour, strength * Math.min(1, (1.3 - far) * 2.2));
      }
    }
  }
}
