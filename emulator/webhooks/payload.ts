import { gzipSync } from "node:zlib";
import { isJsonObject, parseJson } from "../core/json.ts";

/** The odd bodies a validly signed delivery can have; the empty form is the plain one. */
export const PAYLOAD_FORMS = [
  "",
  "malformed",
  "array",
  "no-id",
  "wrong-types",
  "proto",
  "not-utf8",
  "huge",
  "gzip-bomb",
  "html",
  "empty",
  "slow",
] as const;

// Larger than the megabyte a careful receiver reads.
const HUGE_CHARACTERS = 1_500_000;
const BOMB_BYTES = 64 * 1024 * 1024;

/** The bytes of a delivery and the headers that go with them. */
export function payloadOf(body: string, form: string): { bytes: Buffer; headers: Record<string, string> } {
  const headers: Record<string, string> = { "content-type": "application/json" };
  const parsed = parseJson(body);
  const fields = isJsonObject(parsed) ? parsed : {};
  switch (form) {
    case "malformed":
      return { bytes: Buffer.from(body.slice(0, -1)), headers };
    case "array":
      return { bytes: Buffer.from(JSON.stringify([fields])), headers };
    case "no-id": {
      const { id: _, ...rest } = fields;
      return { bytes: Buffer.from(JSON.stringify(rest)), headers };
    }
    case "wrong-types":
      return {
        bytes: Buffer.from(JSON.stringify({ ...fields, id: 7, status: null, output: { a: 1 } })),
        headers,
      };
    case "proto":
      return { bytes: Buffer.from(body.replace(/^\{/, '{"__proto__":{"polluted":true},')), headers };
    case "not-utf8":
      return {
        bytes: Buffer.concat([Buffer.from(body.slice(0, -1)), Buffer.from([0xff, 0xc3, 0x28, 0x7d])]),
        headers,
      };
    case "huge":
      return {
        bytes: Buffer.from(JSON.stringify({ ...fields, logs: "x".repeat(HUGE_CHARACTERS) })),
        headers,
      };
    case "gzip-bomb":
      return {
        bytes: gzipSync(Buffer.alloc(BOMB_BYTES, 0x20)),
        headers: { ...headers, "content-encoding": "gzip" },
      };
    case "html":
      return { bytes: Buffer.from(body), headers: { "content-type": "text/html" } };
    case "empty":
      return { bytes: Buffer.alloc(0), headers };
    default:
      return { bytes: Buffer.from(body), headers };
  }
}
