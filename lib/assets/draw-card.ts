import "server-only";
import sharp from "sharp";
import { CARD, CARD_QUALITY } from "./workshop";

const { width: WIDTH, height: HEIGHT, background } = CARD;
const MARGIN = 24;
const MARK_SIZE = 56;

/** The card by sharp, with the house's mark in the corner. */
export async function drawCard(picture: Uint8Array, markSvg: string): Promise<Uint8Array> {
  const [fitted, mark] = await Promise.all([
    sharp(picture, { limitInputPixels: 40_000_000 })
      .resize({ width: WIDTH - 2 * MARGIN, height: HEIGHT - 2 * MARGIN, fit: "inside" })
      .toBuffer(),
    sharp(Buffer.from(markSvg)).resize(MARK_SIZE).png().toBuffer(),
  ]);
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
    .composite([
      { input: fitted, gravity: "centre" },
      { input: mark, left: WIDTH - MARGIN - MARK_SIZE, top: HEIGHT - MARGIN - MARK_SIZE },
    ])
    .jpeg({ quality: CARD_QUALITY })
    .toBuffer();
}
