import "server-only";
import { type Container, type Piece, readNumbers, startsWith } from "./container";

const XMP_HEAD = "http://ns.adobe.com/xap/1.0/\0";
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP11 = 0xeb;
const START_OF_SCAN = 0xda;

/** Segments up to the picture's own data: XMP is an APP1, a C2PA manifest comes in APP11 segments as JUMBF ("JP"). */
export const jpeg: Container = {
  recognises: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8,
  isSigned: (bytes) =>
    readSegments(bytes).some(({ name, data }) => name === hex(APP11) && startsWith(data, "JP")),
  readXmp(bytes) {
    const segment = readSegments(bytes).find(isXmp);
    return segment ? new TextDecoder().decode(segment.data.subarray(XMP_HEAD.length)) : null;
  },
  writeXmp(bytes, packet) {
    const segments = readSegments(bytes);
    const scan = bytes.subarray(2 + segments.reduce((sum, { whole }) => sum + whole.length, 0));
    // JFIF and Exif both want to be first; XMP comes after them.
    const first = segments.filter(({ name, data }) => name === hex(APP0) || startsWith(data, "Exif\0"));
    const others = segments.filter((segment) => !first.includes(segment) && !isXmp(segment));
    return Buffer.concat([
      bytes.subarray(0, 2),
      ...first.map(({ whole }) => whole),
      writeSegment(APP1, Buffer.concat([Buffer.from(XMP_HEAD, "latin1"), Buffer.from(packet)])),
      ...others.map(({ whole }) => whole),
      scan,
    ]);
  },
};

const hex = (marker: number) => marker.toString(16);

function isXmp({ name, data }: Piece): boolean {
  return name === hex(APP1) && startsWith(data, XMP_HEAD);
}

function readSegments(bytes: Uint8Array): Piece[] {
  const numbers = readNumbers(bytes);
  const segments: Piece[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== START_OF_SCAN) {
    const end = at + 2 + numbers.getUint16(at + 2);
    segments.push({
      name: hex(bytes[at + 1] ?? 0),
      data: bytes.subarray(at + 4, end),
      whole: bytes.subarray(at, end),
    });
    at = end;
  }
  return segments;
}

function writeSegment(marker: number, data: Uint8Array): Uint8Array {
  const segment = Buffer.alloc(data.length + 4);
  segment.writeUInt8(0xff, 0);
  segment.writeUInt8(marker, 1);
  segment.writeUInt16BE(data.length + 2, 2);
  segment.set(data, 4);
  return segment;
}
