import "server-only";
import { findAsset } from "@/db/queries/assets";
import type { Violation } from "@/db/queries/ledger-checks";
import { listStoredPictures, type StoredPicture } from "@/db/queries/storage-checks";
import type { Services } from "@/lib/services";

/** A million pictures in two weeks, at 50 requests a minute. */
const PICTURES = 50;
/** Found ones are looked at each time until they are back or given up; of more than these, the rotation tells. */
const KNOWN_MAX = 100;
const AT_ONCE = 5;

const LOST = "a picture's file is missing";
const NOT_WHOLE = "a picture's file is not as long as it was stored";

/** Looks whether the next pictures, and those that lacked a file before, have theirs, whole. It changes nothing. */
export async function findLostFiles(
  services: Pick<Services, "db" | "storage">,
  { after, known }: { after: string; known: readonly Violation[] },
): Promise<{ found: Violation[]; reached: string }> {
  const again = known
    .filter(({ invariant }) => invariant === LOST || invariant === NOT_WHOLE)
    .slice(0, KNOWN_MAX)
    .map(({ subject }) => subject);
  const { pictures, next } = await listStoredPictures(services.db, { after, limit: PICTURES, again });
  const found: Violation[] = [];
  for (let at = 0; at < pictures.length; at += AT_ONCE) {
    const some = pictures.slice(at, at + AT_ONCE);
    const looked = await Promise.all(some.map((picture) => lookAt(services, picture)));
    found.push(...looked.filter((violation) => violation !== null));
  }
  return { found, reached: next ?? "" };
}

async function lookAt(
  { db, storage }: Pick<Services, "db" | "storage">,
  { id, storageKey, sizeBytes }: StoredPicture,
): Promise<Violation | null> {
  const size = await storage.sizeOf(storageKey);
  if (size === sizeBytes) {
    return null;
  }
  if (!(await findAsset(db, id))) {
    // Purged since its row was read: then its file had to go.
    return null;
  }
  return { invariant: size === null ? LOST : NOT_WHOLE, subject: id };
}
