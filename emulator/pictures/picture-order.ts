/** Everything a picture depends on; the same order always gives the same picture. */
export interface PictureOrder {
  prompt: string;
  seed: number;
  /** Which of several outputs of one run it is. */
  index: number;
  width: number;
  height: number;
  /** `webp`, `jpg` or `png`. */
  extension: string;
  /** 0 to 100; png ignores it. */
  quality: number;
}

/** A drawn picture. */
export interface Picture {
  bytes: Buffer;
  /** Its media type. */
  type: string;
}

/** The media type of an extension; anything unknown is webp, as the models' default is. */
export function mediaType(extension: string): string {
  return { jpg: "image/jpeg", png: "image/png" }[extension] ?? "image/webp";
}
