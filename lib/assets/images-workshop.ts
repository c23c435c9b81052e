import "server-only";
import type { ImageOutput, ImageTransform, ImageWorkshop } from "@/host/bindings.workers";
import { log } from "@/lib/logger";
import {
  CARD,
  CARD_QUALITY,
  type PictureWorkshop,
  PREVIEW_QUALITY,
  PREVIEW_WIDTH,
  REFERENCE_QUALITY,
  REFERENCE_SIDE_MAX,
  toDataAddress,
  VARIANT_QUALITY,
} from "./workshop";

/** The workshop on Workers: Cloudflare Images by its binding. */
export function createImagesWorkshop(images: ImageWorkshop): PictureWorkshop {
  async function make(
    bytes: Uint8Array,
    transform: ImageTransform,
    output: ImageOutput,
  ): Promise<Uint8Array> {
    const input = new Blob([Buffer.from(bytes)]).stream();
    const made = await images.input(input).transform(transform).output(output);
    return new Uint8Array(await made.response().arrayBuffer());
  }

  const shrink = (bytes: Uint8Array, width: number, quality: number) =>
    make(bytes, { width, fit: "scale-down" }, { format: "image/webp", quality });

  return {
    makePreview: async (bytes) => toDataAddress(await shrink(bytes, PREVIEW_WIDTH, PREVIEW_QUALITY)),
    makeVariant: (bytes, width) => shrink(bytes, width, VARIANT_QUALITY),
    makeCard: (bytes) =>
      make(bytes, { ...CARD, fit: "pad" }, { format: "image/jpeg", quality: CARD_QUALITY }),
    async makeReference(bytes) {
      // A WebP of theirs never has metadata (developers.cloudflare.com/images/transform-images/transform-via-url/#metadata).
      const transform = { width: REFERENCE_SIDE_MAX, height: REFERENCE_SIDE_MAX, fit: "scale-down" } as const;
      try {
        return await make(bytes, transform, { format: "image/webp", quality: REFERENCE_QUALITY });
      } catch (error) {
        log().info({ err: error }, "reference.not_decoded");
        return null;
      }
    },
  };
}
