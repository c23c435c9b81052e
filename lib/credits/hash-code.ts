import "server-only";
import { createHash } from "node:crypto";
import { plainCode } from "./new-code";

/** SHA-256 of a code as people may write it: all that is kept of one. */
export function hashCode(code: string): Buffer {
  return createHash("sha256").update(plainCode(code)).digest();
}
