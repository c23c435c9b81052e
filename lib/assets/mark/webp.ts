import "server-only";
import { type Container, type Piece, readNumbers, startsWith, textAt } from "./container";

const HEAD_BYTES = 12;
const FRAME_BYTES = 8;
const XMP_FLAG = 0b0000_0100;
const ALPHA_FLAG = 0b0001_0000;

/** RIFF chunks: https://developers.google.com/speed/webp/docs/riff_container; the manifest's chunk is `C2PA`. */
export const webp: Container = {
  recognises: (bytes) => startsWith(bytes, "RIFF") && textAt(bytes, 8, 4) === "WEBP",
  isSigned: (bytes) => readChunks(bytes).some(({ name }) => name === "C2PA"),
  readXmp(bytes) {
    const chunk = readChunks(bytes).find(({ name }) => name === "XMP ");
    return chunk ? new TextDecoder().decode(chunk.data) : null;
  },
  writeXmp(bytes, packet) {
    const chunks = readChunks(bytes).filter(({ name }) => name !== "XMP ");
    const header = chunks.find(({ name }) => name === "VP8X")?.data ?? simpleHeader(chunks);
    const extended = Buffer.from(header);
    extended.writeUInt8(extended.readUInt8(0) | XMP_FLAG, 0);
    const body = Buffer.concat([
      Buffer.from("WEBP", "latin1"),
      writeChunk("VP8X", extended),
      ...chunks.filter(({ name }) => name !== "VP8X").map(({ whole }) => whole),
      writeChunk("XMP ", Buffer.from(packet)),
    ]);
    const head = Buffer.alloc(8);
    head.write("RIFF", 0, "latin1");
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  },
};

/** A simple file says its size and whether it is see-through in the picture's own data; an extended one up front. */
function simpleHeader(chunks: readonly Piece[]): Uint8Array {
  const header = Buffer.alloc(10);
  const lossless = chunks.find(({ name }) => name === "VP8L")?.data;
  const lossy = chunks.find(({ name }) => name === "VP8 ")?.data;
  if (lossless) {
    const bits = readNumbers(lossless).getUint32(1, true);
    header.writeUInt8((bits >>> 28) & 1 ? ALPHA_FLAG : 0, 0);
    header.writeUIntLE(bits & 0x3fff, 4, 3);
    header.writeUIntLE((bits >>> 14) & 0x3fff, 7, 3);
  } else if (lossy) {
    const numbers = readNumbers(lossy);
    header.writeUIntLE((numbers.getUint16(6, true) & 0x3fff) - 1, 4, 3);
    header.writeUIntLE((numbers.getUint16(8, true) & 0x3fff) - 1, 7, 3);
  }
  return header;
}

function readChunks(bytes: Uint8Array): Piece[] {
  const numbers = readNumbers(bytes);
  const chunks: Piece[] = [];
  let at = HEAD_BYTES;
  while (at + FRAME_BYTES <= bytes.length) {
    const size = numbers.getUint32(at + 4, true);
    const end = at + FRAME_BYTES + size;
    chunks.push({
      name: textAt(bytes, at, 4),
      data: bytes.subarray(at + FRAME_BYTES, end),
      // Chunks of an odd size have a byte of padding.
      whole: bytes.subarray(at, end + (size % 2)),
    });
    at = end + (size % 2);
  }
  return chunks;
}

function writeChunk(name: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(FRAME_BYTES + data.length + (data.length % 2));
  chunk.write(name, 0, "latin1");
  chunk.writeUInt32LE(data.length, 4);
  chunk.set(data, FRAME_BYTES);
  return chunk;
}
