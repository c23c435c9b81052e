import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPicture } from "@/tests/support/pictures";
import { remakePicture } from "./remake-picture";

const PLACE = "Kestrel Lane 7";

/** As a phone takes it: lying on its side, with the place in it. */
const photograph = (format: "jpeg" | "png" | "webp") =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: "teal" } })
    .withExif({ IFD0: { ImageDescription: PLACE } })
    .withMetadata({ orientation: 6 })
    .toFormat(format)
    .toBuffer();

async function remade(bytes: Uint8Array): Promise<Buffer> {
  const made = await remakePicture(bytes);
  if (!made) {
    throw new Error("it did not decode");
  }
  return Buffer.from(made);
}

describe("a stranger's picture, remade", () => {
  it.for(["jpeg", "png", "webp"] as const)("of a %s only the pixels are left, upright", async (format) => {
    const original = await photograph(format);
    expect(original.includes(PLACE)).toBe(true);
    const made = await remade(original);
    const metadata = await sharp(made).metadata();
    expect(metadata).toMatchObject({ format: "webp", width: 40, height: 60 });
    expect(metadata).not.toHaveProperty("exif");
    expect(made.includes(PLACE)).toBe(false);
  });

  it("has at most the pixels that a model looks at, and is never enlarged", async () => {
    const large = await sharp(
      await remade(await drawPicture("png", { width: 4_000, height: 1_000 })),
    ).metadata();
    expect(large).toMatchObject({ width: 1_536, height: 384 });
    const small = await sharp(await remade(await drawPicture("png", { width: 30, height: 20 }))).metadata();
    expect(small).toMatchObject({ width: 30, height: 20 });
  });

  it("has nothing of a second file behind the picture", async () => {
    const page = "<script>alert(1)</script>";
    const made = await remade(Buffer.concat([await drawPicture("jpeg"), Buffer.from(page)]));
    expect(made.includes(page)).toBe(false);
  });

  it.for(["gif", "avif", "tiff"] as const)(
    "is not made of a %s: its decoder is not there",
    async (format) => {
      expect(await remakePicture(await drawPicture(format))).toBeNull();
    },
  );

  it("is not made of what has more pixels than it may", async () => {
    expect(await remakePicture(await drawPicture("png", { width: 8_000, height: 6_000 }))).toBeNull();
  });

  it("is not made of what is cut short, empty, or no picture", async () => {
    const whole = await drawPicture("png", { width: 400, height: 400 });
    for (const bytes of [whole.subarray(0, whole.byteLength / 2), Buffer.alloc(0), Buffer.from("<svg/>")]) {
      expect(await remakePicture(bytes)).toBeNull();
    }
  });

  it("of spoilt bytes is a picture or none, and never an error of ours", async () => {
    const whole = await photograph("jpeg");
    for (let at = 2; at < whole.byteLength; at += Math.ceil(whole.byteLength / 12)) {
      const spoilt = Buffer.from(whole);
      spoilt[at] = (spoilt[at] ?? 0) ^ 0xff;
      const made = await remakePicture(spoilt);
      expect(made === null || (await sharp(made).metadata()).format === "webp").toBe(true);
    }
  });
});
