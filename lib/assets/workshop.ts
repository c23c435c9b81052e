import "server-only";

/** Widths that `/img/{id}?w=` serves. */
export const VARIANT_WIDTHS = [320, 480, 640, 960, 1280] as const;
export type VariantWidth = (typeof VARIANT_WIDTHS)[number];

/** Pixels. */
export const PREVIEW_WIDTH = 12;
export const PREVIEW_QUALITY = 20;
export const VARIANT_QUALITY = 74;

/** In pixels; the background is the tray that pictures lie on by day. */
export const CARD = { width: 1_200, height: 630, background: "#eef0f3" } as const;
export const CARD_QUALITY = 84;

/** Models work at a megapixel: more of a reference picture than this is not looked at. In pixels. */
export const REFERENCE_SIDE_MAX = 1_536;
export const REFERENCE_QUALITY = 90;

/** Where other pictures are made of a picture. All but the last throw when it does not decode. */
export type PictureWorkshop = {
  /** A picture of about 80 bytes that stands in while the real one loads, as a data address. */
  makePreview(bytes: Uint8Array): Promise<string>;
  /** The picture at a width, as WebP; never enlarged. */
  makeVariant(bytes: Uint8Array, width: VariantWidth): Promise<Uint8Array>;
  /** What other sites show for a link, as JPEG: the whole picture on a neutral surround, with the mark where it can be drawn. */
  makeCard(bytes: Uint8Array, markSvg: string): Promise<Uint8Array>;
  /** Of a stranger's picture nothing but the pixels, upright, as WebP of bounded size; null when it does not decode. */
  makeReference(bytes: Uint8Array): Promise<Uint8Array | null>;
};

/** A WebP as a data address. */
export function toDataAddress(webp: Uint8Array): string {
  return `data:image/webp;base64,${Buffer.from(webp).toString("base64")}`;
}
