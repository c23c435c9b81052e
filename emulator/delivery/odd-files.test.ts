import { imageSize } from "image-size";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { oddFile } from "./odd-files.ts";

const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251));
const drawing = () => sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });

describe("a corrupt file", () => {
  it.for([
    ["image/webp", () => drawing().webp().toBuffer()],
    ["image/jpeg", () => drawing().jpeg().toBuffer()],
    ["image/png", () => drawing().png().toBuffer()],
  ] as const)("still says its size, and never decodes: %s", async ([type, draw]) => {
    const { bytes } = oddFile({ bytes: await draw(), type }, "corrupt");
    expect(imageSize(bytes)).toMatchObject({ width: 64, height: 64 });
    await expect(sharp(bytes, { failOn: "error" }).raw().toBuffer()).rejects.toThrow(
      /webp|jpeg|png|crc|corrupt/i,
    );
  });
});
