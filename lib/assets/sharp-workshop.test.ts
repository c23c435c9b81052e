import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPicture } from "@/tests/support/pictures";
import { markPicture } from "./mark/mark-picture";
import { sharpWorkshop } from "./sharp-workshop";
import { VARIANT_WIDTHS, type VariantWidth } from "./workshop";

/** As it is served. */
const variant = async (bytes: Uint8Array, width: VariantWidth) =>
  markPicture(await sharpWorkshop.makeVariant(bytes, width), "img_01jd8x");
const makePreview = (bytes: Uint8Array) => sharpWorkshop.makePreview(bytes);

describe("a variant", () => {
  it.for(VARIANT_WIDTHS)("at %i is a WebP of that width in the same shape", async (width) => {
    const picture = await drawPicture("png", { width: 1_344, height: 768 });
    const { format, width: actual, height } = await sharp(await variant(picture, width)).metadata();
    expect({ format, actual }).toEqual({ format: "webp", actual: width });
    expect(Math.abs((height ?? 0) - (width * 768) / 1_344)).toBeLessThan(1);
  });

  it("is never larger than the picture", async () => {
    const { width } = await sharp(await variant(await drawPicture("webp", { width: 200 }), 1280)).metadata();
    expect(width).toBe(200);
  });

  it("says that a model made it, too", async () => {
    const { xmpAsString } = await sharp(await variant(await drawPicture("png"), 320)).metadata();
    expect(xmpAsString).toContain("trainedAlgorithmicMedia");
    expect(xmpAsString).toContain("img_01jd8x");
  });

  it("is refused of what does not decode, or is too large to", async () => {
    const half = (await drawPicture("png", { width: 400, height: 400 })).subarray(0, 300);
    await expect(variant(half, 320)).rejects.toThrow(/./);
    await expect(variant(await drawPicture("png", { width: 8_000, height: 6_000 }), 320)).rejects.toThrow(
      /pixel limit/,
    );
  });
});

describe("a preview", () => {
  it("is a small data address of a picture twelve pixels wide", async () => {
    const preview = await makePreview(await drawPicture("jpeg", { width: 1_024, height: 1_024 }));
    const [, data = ""] = /^data:image\/webp;base64,(.+)$/.exec(preview) ?? [];
    expect(await sharp(Buffer.from(data, "base64")).metadata()).toMatchObject({ format: "webp", width: 12 });
    expect(preview.length).toBeLessThan(400);
  });
});
