import "server-only";
import type { Container } from "./container";
import { jpeg } from "./jpeg";
import { png } from "./png";
import { webp } from "./webp";
import { writePacket } from "./xmp-packet";

const CONTAINERS: readonly Container[] = [webp, jpeg, png];

/**
 * A file as it is handed out: with the machine-readable mark that a model made it. Its picture data is not touched. A
 * file that carries a C2PA manifest stays as it is, byte for byte: the manifest says the same, and is signed over the
 * bytes.
 */
export function markPicture(bytes: Uint8Array, contentId: string): Uint8Array {
  const container = CONTAINERS.find((candidate) => candidate.recognises(bytes));
  if (!container || container.isSigned(bytes)) {
    return bytes;
  }
  return container.writeXmp(bytes, writePacket(contentId, container.readXmp(bytes)));
}
