import sharp from "sharp";
import { createRandom, type Random } from "../core/random.ts";
import type { Easel } from "./easel.ts";
import { asksFor } from "./easel.ts";
import type { PictureOrder } from "./picture-order.ts";

const TABLE_SIZE = 1 << 16;

/** A long table of bell-shaped noise, about -1 to 1; cheaper a pixel than drawing anew. */
function noiseTable(random: Random): Float32Array {
  return Float32Array.from({ length: TABLE_SIZE }, () => (random() + random() + random()) * 1.15 - 1.725);
}

/** Vignette, grain, dither and the encoding the order asks for. */
export async function finish(easel: Easel, order: PictureOrder): Promise<Buffer> {
  const { canvas, random } = easel;
  vignette(easel);
  const grain = asksFor(easel, "film", "mono") ? 0.022 : 0.0085;
  const table = noiseTable(createRandom(Math.floor(random() * 2 ** 31)));
  // A stride that shares no factor with the table keeps rows from repeating.
  const rgb = canvas.toRgb(grain, (index) => table[(index * 40_503) & (TABLE_SIZE - 1)] ?? 0);
  const image = sharp(rgb, { raw: { width: canvas.width, height: canvas.height, channels: 3 } });
  const quality = Math.max(1, order.quality);
  switch (order.extension) {
    case "png":
      return image.png({ compressionLevel: 4 }).toBuffer();
    case "jpg":
      return image.jpeg({ quality, chromaSubsampling: "4:4:4" }).toBuffer();
    default:
      return image.webp({ quality, effort: 3, smartSubsample: true }).toBuffer();
  }
}

function vignette({ canvas }: Easel): void {
  const { width, height } = canvas;
  for (let y = 0; y < height; y += 1) {
    const v = (y / height - 0.5) * 2;
    for (let x = 0; x < width; x += 1) {
      const u = (x / width - 0.5) * 2;
      const far = u * u + v * v;
      if (far > 0.7) {
        canvas.lift(y * width + x, -0.028 * (far - 0.7));
      }
    }
  }
}
