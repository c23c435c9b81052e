import { deflateRawSync, gzipSync } from "node:zlib";
import type { Picture } from "../pictures/picture-order.ts";

/** What an output file can turn out to be instead of a picture. */
export const FILE_FORMS = [
  "html",
  "svg",
  "polyglot",
  "mislabelled",
  "zero",
  "huge",
  "bomb",
  "gzip",
  "corrupt",
] as const;

/** A file as it will be served; `bytes` may be longer than what is held in memory. */
export interface OddFile {
  bytes: Buffer;
  type: string;
  headers?: Record<string, string>;
  /** When set, `bytes` is sent over and over until so many are out. */
  totalBytes?: number;
}

const HUGE_BYTES = 200 * 1024 * 1024;
const BOMB_SIDE = 30_000;

/** The picture turned into something else; an unknown form leaves it as it is. */
export function oddFile(picture: Picture, form: string, bytes = HUGE_BYTES): OddFile {
  switch (form) {
    case "html":
      return {
        bytes: Buffer.from("<!DOCTYPE html><title>Not found</title><script>alert(1)</script>"),
        type: "text/html; charset=utf-8",
      };
    case "svg":
      return {
        bytes: Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script><rect width="64" height="64"/></svg>',
        ),
        type: "image/svg+xml",
      };
    case "polyglot":
      // Begins as a picture, goes on as a page.
      return {
        bytes: Buffer.concat([
          picture.bytes.subarray(0, 64),
          Buffer.from("<html><script>alert(1)</script></html>"),
        ]),
        type: picture.type,
      };
    case "mislabelled":
      return {
        bytes: Buffer.from("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;", "latin1"),
        type: picture.type,
      };
    case "zero":
      return { bytes: Buffer.alloc(0), type: picture.type };
    case "huge":
      return {
        bytes: Buffer.concat([picture.bytes, Buffer.alloc(1024 * 1024)]),
        type: picture.type,
        totalBytes: bytes,
      };
    case "bomb":
      return { bytes: pngBomb(BOMB_SIDE), type: "image/png" };
    case "gzip":
      return { bytes: gzipSync(picture.bytes), type: picture.type, headers: { "content-encoding": "gzip" } };
    case "corrupt":
      return { bytes: tear(picture.bytes), type: picture.type };
    default:
      return picture;
  }
}

/**
 * Still begins and ends as its picture, with a torn middle. PNG notices that by its checksums; WebP and JPEG would be
 * drawn as noise, so what their decoders need first is torn too: the length of the first partition, the code tables.
 */
function tear(bytes: Buffer): Buffer {
  const torn = Buffer.from(bytes);
  torn.fill(0x5a, Math.floor(torn.length / 3), Math.floor(torn.length / 2));
  const frame = torn.indexOf("VP8 ");
  if (torn.subarray(0, 4).toString("latin1") === "RIFF" && frame !== -1) {
    torn[frame + 8] = (torn[frame + 8] ?? 0) | 0xe0;
    torn.fill(0xff, frame + 9, frame + 11);
  }
  const tables = torn.indexOf(Buffer.from([0xff, 0xc4]));
  if (torn[0] === 0xff && tables !== -1) {
    torn.fill(0xff, tables + 5, tables + 21);
  }
  return torn;
}

/** A small PNG file that claims to be a square of so many pixels a side, all black. */
function pngBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const raw = deflateRawSync(Buffer.alloc(1024 * 1024));
  const data = Buffer.concat([Buffer.from([0x78, 0x9c]), raw, Buffer.from([0, 0, 0, 1])]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
