import sharp from "sharp";
import type { Canvas } from "./canvas.ts";
import { fromRgb, type Lab } from "./colour.ts";

/** A rectangle of the picture in whole pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The whole picture as an area. */
export function wholeOf(canvas: Canvas): Area {
  return { left: 0, top: 0, width: canvas.width, height: canvas.height };
}

/** An area cut down to what lies inside the picture, in whole pixels. */
export function inside(canvas: Canvas, area: Area): Area {
  const left = Math.max(0, Math.floor(area.left));
  const top = Math.max(0, Math.floor(area.top));
  return {
    left,
    top,
    width: Math.max(0, Math.min(canvas.width, Math.ceil(area.left + area.width)) - left),
    height: Math.max(0, Math.min(canvas.height, Math.ceil(area.top + area.height)) - top),
  };
}

async function rasterise(area: Area, shapes: string, blur: number): Promise<Buffer> {
  const { left, top, width, height } = area;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${shapes}</svg>`;
  const image = sharp(Buffer.from(svg)).ensureAlpha();
  const { data } = await (blur > 0.3 ? image.blur(blur) : image).raw().toBuffer({ resolveWithObject: true });
  return data;
}

/**
 * Draws SVG shapes, given in the picture's own pixels, as one mask and paints through it: the colour may
 * depend on the place, and `strength` (0 to 1) thins it. `blur` is a radius in pixels.
 */
export async function stampMask(
  canvas: Canvas,
  asked: Area,
  shapes: string,
  look: { colour: Lab | ((x: number, y: number) => Lab); strength?: number; blur?: number },
): Promise<void> {
  const area = inside(canvas, asked);
  if (area.width === 0 || area.height === 0) {
    return;
  }
  const data = await rasterise(area, shapes, look.blur ?? 0);
  const { colour, strength = 1 } = look;
  for (let row = 0; row < area.height; row += 1) {
    for (let column = 0; column < area.width; column += 1) {
      const alpha = data[(row * area.width + column) * 4 + 3] ?? 0;
      if (alpha > 0) {
        const x = area.left + column;
        const y = area.top + row;
        const paint = typeof colour === "function" ? colour(x, y) : colour;
        canvas.blend(y * canvas.width + x, paint, (alpha / 255) * strength);
      }
    }
  }
}

/** Draws SVG shapes in their own colours. */
export async function stampColours(
  canvas: Canvas,
  asked: Area,
  shapes: string,
  blur = 0,
  strength = 1,
): Promise<void> {
  const area = inside(canvas, asked);
  if (area.width === 0 || area.height === 0) {
    return;
  }
  const data = await rasterise(area, shapes, blur);
  for (let row = 0; row < area.height; row += 1) {
    for (let column = 0; column < area.width; column += 1) {
      const place = (row * area.width + column) * 4;
      const alpha = data[place + 3] ?? 0;
      if (alpha > 0) {
        const paint = fromRgb(data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0);
        canvas.blend((area.top + row) * canvas.width + area.left + column, paint, (alpha / 255) * strength);
      }
    }
  }
}
