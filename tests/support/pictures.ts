import sharp from "sharp";

/** A real picture, drawn here. */
export function drawPicture(
  format: "webp" | "jpeg" | "png" | "gif" | "avif" | "tiff",
  { width = 64, height = 48 }: { width?: number; height?: number } = {},
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } })
    .toFormat(format)
    .toBuffer();
}
