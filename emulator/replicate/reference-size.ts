import sharp from "sharp";
import type { JsonObject } from "../core/json.ts";
import type { World } from "../core/world.ts";
import type { PictureSize } from "./picture-size.ts";

const IMAGE_INPUTS = ["input_image", "image", "image_prompt"] as const;
const OUR_FILE = /\/delivery\/[^/]+\/([^/]+)\/out-\d+\.\w+$/;

/**
 * The size of the picture an input refers to: one of the emulator's own outputs, or a data URI. Nothing
 * is ever fetched, so the size of any other address stays unknown (undefined).
 */
export async function referenceSize(world: World, input: JsonObject): Promise<PictureSize | undefined> {
  const address = referenceOf(input);
  if (address === undefined) {
    return undefined;
  }
  const token = OUR_FILE.exec(address)?.[1];
  if (token !== undefined) {
    const source = world.books.findByFileToken(token);
    return source === undefined ? undefined : { width: source.width, height: source.height };
  }
  const data = /^data:image\/[\w+.-]+;base64,(.+)$/s.exec(address)?.[1];
  return data === undefined ? undefined : dataSize(Buffer.from(data, "base64"));
}

function referenceOf(input: JsonObject): string | undefined {
  const first = IMAGE_INPUTS.map((name) => input[name]).find((value) => typeof value === "string");
  const listed = Array.isArray(input.input_images) ? input.input_images[0] : undefined;
  const address = first ?? listed;
  return typeof address === "string" ? address : undefined;
}

async function dataSize(bytes: Buffer): Promise<PictureSize | undefined> {
  try {
    const { width, height } = await sharp(bytes).metadata();
    const factor = Math.sqrt((1024 * 1024) / (width * height));
    const side = (pixels: number): number => Math.max(256, Math.round((pixels * factor) / 32) * 32);
    return { width: side(width), height: side(height) };
  } catch {
    // Not a picture: the model would make one of its usual size.
    return undefined;
  }
}
