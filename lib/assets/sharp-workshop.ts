import "server-only";
import sharp from "sharp";
import { drawCard } from "./draw-card";
import { remakePicture } from "./remake-picture";
import {
  type PictureWorkshop,
  PREVIEW_QUALITY,
  PREVIEW_WIDTH,
  toDataAddress,
  VARIANT_QUALITY,
} from "./workshop";

const INPUT_PIXELS_MAX = 40_000_000;

function open(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: INPUT_PIXELS_MAX, failOn: "error" });
}

/** The workshop on Node. */
export const sharpWorkshop: PictureWorkshop = {
  async makePreview(bytes) {
    const tiny = open(bytes).resize({ width: PREVIEW_WIDTH }).webp({ quality: PREVIEW_QUALITY });
    return toDataAddress(await tiny.toBuffer());
  },
  makeVariant(bytes, width) {
    const resized = open(bytes).resize({ width, withoutEnlargement: true });
    return resized.webp({ quality: VARIANT_QUALITY }).toBuffer();
  },
  makeCard: drawCard,
  makeReference: remakePicture,
};
