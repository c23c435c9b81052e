import "server-only";
import { createHash } from "node:crypto";
import { imageSize } from "image-size";
import { addReference } from "@/db/queries/references";
import { REFERENCE_DAYS, REFERENCE_PIXELS_MAX, type ReferenceResponse } from "@/lib/contracts/reference";
import { newId } from "@/lib/ids";
import { invariant } from "@/lib/invariant";
import type { Services } from "@/lib/services";
import { referencePath } from "./reference-address";

/** Of those with which nothing was made yet a person keeps the newest. */
const UNUSED_MAX = 20;
/** Somebody waits for it; who comes when so many pictures are in line is told to come back. */
const TURN_MS_MAX = 10_000;
export const REFERENCE_HOURS = REFERENCE_DAYS * 24;
const TYPES = ["png", "jpg", "webp"];

export type KeepResult =
  | ({ kind: "kept" } & ReferenceResponse)
  | { kind: "not_a_picture" }
  | { kind: "too_many_pixels" }
  /** This installation has nothing that decodes pictures. */
  | { kind: "no_workshop" }
  | { kind: "busy" }
  | { kind: "account_closed" };

/**
 * Keeps a picture that a person hands in: by its own bytes a PNG, JPEG or WebP of bounded size, and of that nothing but
 * the pixels, written anew. Its file is there before its row: what a crash leaves behind has no row and is removed.
 */
export async function keepReference(
  { db, storage, workshop, uploads }: Pick<Services, "db" | "storage" | "workshop" | "uploads">,
  { userId, bytes }: { userId: string; bytes: Uint8Array },
): Promise<KeepResult> {
  if (!workshop) {
    return { kind: "no_workshop" };
  }
  const claimed = readSize(bytes);
  if (!claimed || !TYPES.includes(claimed.type ?? "")) {
    return { kind: "not_a_picture" };
  }
  if (claimed.width * claimed.height > REFERENCE_PIXELS_MAX) {
    return { kind: "too_many_pixels" };
  }
  const leave = await uploads.enter(AbortSignal.timeout(TURN_MS_MAX)).catch(() => null);
  if (!leave) {
    return { kind: "busy" };
  }
  let made: Uint8Array | null;
  try {
    made = await workshop.makeReference(bytes);
  } finally {
    leave();
  }
  if (!made) {
    return { kind: "not_a_picture" };
  }
  const size = readSize(made);
  invariant(size, "what was made of a reference picture is a picture");
  const id = newId("reference");
  const storageKey = `references/${id}/picture.webp`;
  await storage.put(storageKey, made, "image/webp");
  const { outcome } = await addReference(db, {
    userId,
    reference: {
      id,
      storageKey,
      sizeBytes: made.byteLength,
      contentHash: createHash("sha256").update(made).digest("hex"),
      widthPixels: size.width,
      heightPixels: size.height,
    },
    hours: REFERENCE_HOURS,
    unusedMax: UNUSED_MAX,
  });
  if (outcome === "account_closed") {
    await storage.remove(storageKey);
    return { kind: "account_closed" };
  }
  return { kind: "kept", id, url: referencePath(id), width: size.width, height: size.height };
}

/** What the bytes themselves say; nothing is decoded. */
function readSize(bytes: Uint8Array): ReturnType<typeof imageSize> | null {
  try {
    return imageSize(bytes);
  } catch {
    return null;
  }
}
