import "server-only";
import type { ObjectPage } from "./storage";

const ENTITIES = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** A bucket's answer to ListObjectsV2. Throws when it is none: a page that cannot be read must not pass for an empty one. */
export function readListing(xml: string): ObjectPage {
  const [isTruncated] = fieldsOf(xml, "IsTruncated");
  if (isTruncated !== "true" && isTruncated !== "false") {
    throw new Error("the storage's listing cannot be read");
  }
  const objects = fieldsOf(xml, "Contents").map((entry) => {
    const [key] = fieldsOf(entry, "Key");
    const [written] = fieldsOf(entry, "LastModified");
    const writtenAt = new Date(written ?? "");
    if (key === undefined || Number.isNaN(writtenAt.getTime())) {
      throw new Error("the storage's listing cannot be read");
    }
    return { key: decode(key), writtenAt };
  });
  return { objects, next: isTruncated === "true" ? (objects.at(-1)?.key ?? null) : null };
}

/** The insides of every element of a name; an element of S3's has neither attributes nor others of its own name in it. */
function fieldsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, inside]) => inside ?? "");
}

function decode(text: string): string {
  const entity = /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi;
  return text.replaceAll(entity, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) {
      return String.fromCodePoint(Number.parseInt(hex, 16));
    }
    return decimal === undefined
      ? (ENTITIES.get(name ?? "") ?? whole)
      : String.fromCodePoint(Number(decimal));
  });
}
