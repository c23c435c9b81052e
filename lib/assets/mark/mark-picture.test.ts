import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPicture } from "@/tests/support/pictures";
import { markPicture } from "./mark-picture";
import { TRAINED_ALGORITHMIC_MEDIA } from "./xmp-packet";

const FORMATS = ["webp", "jpeg", "png"] as const;
const ID = "img_01jd8x0000000000000000000";

const xmpOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).xmpAsString ?? "";
const pixelsOf = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

const lossless = () =>
  sharp({ create: { width: 61, height: 47, channels: 4, background: { r: 9, g: 8, b: 7, alpha: 0.5 } } })
    .webp({ lossless: true })
    .toBuffer();

describe("a marked picture", () => {
  it.for(FORMATS)("of %s says by XMP that a model made it, where, and under which id", async (format) => {
    const picture = await drawPicture(format, { width: 61, height: 47 });
    const xmp = await xmpOf(markPicture(picture, ID));
    expect(xmp).toContain(`Iptc4xmpExt:DigitalSourceType="${TRAINED_ALGORITHMIC_MEDIA}"`);
    expect(xmp).toContain('xmp:CreatorTool="Sunprint"');
    expect(xmp).toContain(`dc:identifier="${ID}"`);
  });

  it.for(FORMATS)("of %s has the same pixels and is a kilobyte larger at most", async (format) => {
    const picture = await drawPicture(format, { width: 61, height: 47 });
    const marked = markPicture(picture, ID);
    expect(await pixelsOf(marked)).toEqual(await pixelsOf(picture));
    expect(marked.length - picture.length).toBeLessThan(1_000);
  });

  it.for(FORMATS)("of %s is the same marked again", async (format) => {
    const once = markPicture(await drawPicture(format), ID);
    expect(Buffer.from(markPicture(once, ID)).equals(Buffer.from(once))).toBe(true);
  });

  it("keeps what is see-through", async () => {
    const picture = await lossless();
    const marked = markPicture(picture, ID);
    expect(await xmpOf(marked)).toContain(ID);
    expect(await sharp(marked).metadata()).toMatchObject({ width: 61, height: 47, hasAlpha: true });
    expect(await pixelsOf(marked)).toEqual(await pixelsOf(picture));
  });

  it.for(FORMATS)("of %s keeps the words that were in it", async (format) => {
    const theirs =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Provider"/>' +
      "</rdf:RDF></x:xmpmeta>";
    const picture = await sharp(await drawPicture(format))
      .toFormat(format)
      .withXmp(theirs)
      .toBuffer();
    const xmp = await xmpOf(markPicture(picture, ID));
    expect(xmp).toContain('photoshop:Credit="Provider"');
    expect(xmp).toContain(TRAINED_ALGORITHMIC_MEDIA);
    expect(xmp.match(/<\/rdf:RDF>/g)).toHaveLength(1);
  });
});

describe("a picture with a C2PA manifest", () => {
  const manifest = Buffer.from("jumb....c2pa....");
  const signed = {
    webp: async () => {
      const picture = await drawPicture("webp");
      const chunk = Buffer.concat([Buffer.from("C2PA\x10\0\0\0", "latin1"), manifest]);
      const whole = Buffer.concat([picture, chunk]);
      whole.writeUInt32LE(whole.length - 8, 4);
      return whole;
    },
    jpeg: async () => {
      const picture = await drawPicture("jpeg");
      const segment = Buffer.concat([Buffer.from([0xff, 0xeb, 0, 20]), Buffer.from("JP"), manifest]);
      return Buffer.concat([picture.subarray(0, 2), segment, picture.subarray(2)]);
    },
    png: async () => {
      const picture = await drawPicture("png");
      const named = Buffer.concat([Buffer.from("caBX"), manifest]);
      const frame = Buffer.alloc(4 + named.length + 4);
      frame.writeUInt32BE(manifest.length, 0);
      frame.set(named, 4);
      frame.writeUInt32BE(crc32(named), 4 + named.length);
      return Buffer.concat([picture.subarray(0, 33), frame, picture.subarray(33)]);
    },
  };

  it.for(FORMATS)("of %s is handed out byte for byte", async (format) => {
    const picture = await signed[format]();
    expect((await sharp(picture).metadata()).width).toBe(64);
    expect(Buffer.from(markPicture(picture, ID)).equals(picture)).toBe(true);
  });
});

describe("what is no picture of ours", () => {
  it.for([Buffer.alloc(0), Buffer.from("GIF89a"), Buffer.from([0xff]), Buffer.from("RIFF")])(
    "is left alone: %s",
    (bytes) => {
      expect(markPicture(bytes, ID)).toBe(bytes);
    },
  );
});
