import type { JsonObject } from "../core/json.ts";

/** Pixels of a picture. */
export interface PictureSize {
  width: number;
  height: number;
}

// The sizes the open FLUX code gives for one megapixel; the last two are only known to Kontext.
const MEGAPIXEL_SIZES: Record<string, PictureSize> = {
  "1:1": { width: 1024, height: 1024 },
  "16:9": { width: 1344, height: 768 },
  "21:9": { width: 1536, height: 640 },
  "3:2": { width: 1216, height: 832 },
  "2:3": { width: 832, height: 1216 },
  "4:5": { width: 896, height: 1088 },
  "5:4": { width: 1088, height: 896 },
  "3:4": { width: 896, height: 1152 },
  "4:3": { width: 1152, height: 896 },
  "9:16": { width: 768, height: 1344 },
  "9:21": { width: 640, height: 1536 },
  "2:1": { width: 1408, height: 704 },
  "1:2": { width: 704, height: 1408 },
};

const SQUARE: PictureSize = { width: 1024, height: 1024 };

/**
 * The size of the picture an input asks for. `custom` takes width and height, rounded to multiples of
 * 32; `match_input_image` takes the size of the reference when it is known, else a square.
 */
export function pictureSize(input: JsonObject, reference: PictureSize | undefined): PictureSize {
  const ratio = typeof input.aspect_ratio === "string" ? input.aspect_ratio : "1:1";
  if (ratio === "custom") {
    return { width: sideOf(input.width), height: sideOf(input.height) };
  }
  const base = ratio === "match_input_image" ? (reference ?? SQUARE) : (MEGAPIXEL_SIZES[ratio] ?? SQUARE);
  return scaled(base, megapixelsOf(input));
}

function sideOf(value: unknown): number {
  const pixels = typeof value === "number" ? value : 1024;
  return Math.max(256, Math.round(pixels / 32) * 32);
}

function megapixelsOf(input: JsonObject): number {
  const wanted = input.megapixels ?? input.resolution;
  const megapixels = Number.parseFloat(typeof wanted === "string" ? wanted : "1");
  return Number.isFinite(megapixels) && megapixels > 0 ? megapixels : 1;
}

function scaled(size: PictureSize, megapixels: number): PictureSize {
  if (megapixels === 1) {
    return size;
  }
  const factor = Math.sqrt(megapixels);
  const side = (pixels: number): number => Math.round((pixels * factor) / 32) * 32;
  return { width: side(size.width), height: side(size.height) };
}
