import "server-only";
import { crc32, inflateSync } from "node:zlib";
import { type Container, type Piece, readNumbers, startsWith, textAt } from "./container";

const SIGNATURE = "\x89PNG\r\n\x1a\n";
/** The keyword that XMP has in PNG, then: not compressed, no language, no translated keyword. */
const XMP_HEAD = "XML:com.adobe.xmp\0\0\0\0\0";
const XMP_KEYWORD = "XML:com.adobe.xmp\0";
const XMP_BYTES_MAX = 1_000_000;
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12;

/** https://www.w3.org/TR/png-3/#5Chunk-layout; the manifest's chunk is `caBX`. */
export const png: Container = {
  recognises: (bytes) => startsWith(bytes, SIGNATURE),
  isSigned: (bytes) => readChunks(bytes).some(({ name }) => name === "caBX"),
  readXmp(bytes) {
    const chunk = readChunks(bytes).find(isXmp);
    return chunk ? readText(chunk) : null;
  },
  writeXmp(bytes, packet) {
    const [header, ...rest] = readChunks(bytes);
    if (!header) {
      return bytes;
    }
    const xmp = writeChunk("iTXt", Buffer.concat([Buffer.from(XMP_HEAD, "latin1"), Buffer.from(packet)]));
    const kept = rest.filter((chunk) => !isXmp(chunk)).map(({ whole }) => whole);
    return Buffer.concat([bytes.subarray(0, SIGNATURE.length), header.whole, xmp, ...kept]);
  },
};

/** libvips writes XMP as compressed text instead of the international one that the specification asks for. */
function isXmp({ name, data }: Piece): boolean {
  return (name === "iTXt" || name === "zTXt") && startsWith(data, XMP_KEYWORD);
}

function readText({ name, data }: Piece): string {
  const afterKeyword = XMP_KEYWORD.length;
  if (name === "zTXt") {
    return inflate(data.subarray(afterKeyword + 1));
  }
  // Compression flag and method, then language and translated keyword, each ended by a zero.
  const languageEnd = data.indexOf(0, afterKeyword + 2);
  const text = data.subarray(data.indexOf(0, languageEnd + 1) + 1);
  return data[afterKeyword] === 0 ? new TextDecoder().decode(text) : inflate(text);
}

/** Never more than a packet may reasonably be: a small file can unpack to gigabytes. */
function inflate(data: Uint8Array): string {
  try {
    return inflateSync(data, { maxOutputLength: XMP_BYTES_MAX }).toString("utf8");
  } catch {
    // Nobody can read it, so nothing is lost when ours takes its place.
    return "";
  }
}

function readChunks(bytes: Uint8Array): Piece[] {
  const numbers = readNumbers(bytes);
  const chunks: Piece[] = [];
  let at = SIGNATURE.length;
  while (at + FRAME_BYTES <= bytes.length) {
    const end = at + FRAME_BYTES + numbers.getUint32(at);
    chunks.push({
      name: textAt(bytes, at + 4, 4),
      data: bytes.subarray(at + 8, end - 4),
      whole: bytes.subarray(at, end),
    });
    at = end;
  }
  return chunks;
}

function writeChunk(name: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(data.length + FRAME_BYTES);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(name, 4, "latin1");
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}
