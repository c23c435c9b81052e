import "server-only";

/** A file format's own place for XMP and for a C2PA manifest. Its functions read and copy; the input is never changed. */
export type Container = {
  /** Whether this is such a file, by its first bytes. */
  recognises(bytes: Uint8Array): boolean;
  /** Whether a C2PA manifest is in it: a signature over the file's bytes, which any change would break. */
  isSigned(bytes: Uint8Array): boolean;
  readXmp(bytes: Uint8Array): string | null;
  /** The same picture with this packet as its only XMP. */
  writeXmp(bytes: Uint8Array, packet: string): Uint8Array;
};

/** One labelled piece of a file, its frame included. */
export type Piece = { name: string; data: Uint8Array; whole: Uint8Array };

export function textAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

export function startsWith(bytes: Uint8Array, text: string): boolean {
  return bytes.length >= text.length && textAt(bytes, 0, text.length) === text;
}

export function readNumbers(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
