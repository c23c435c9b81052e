import "server-only";
import type { Violation } from "@/db/queries/ledger-checks";
import { findUnnamedObjects } from "@/db/queries/storage-checks";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** As many as a bucket lists at once. */
const PAGE = 1_000;
/**
 * A crash between an object and its row is healed until the generation's deadline and while late pictures are wanted: an
 * hour, as the provider keeps outputs no longer. A day has room for an outage of ours, and nothing is ever stored under a
 * key again that late.
 */
const HOURS_MIN = 24;
/**
 * Crashes leave a handful. As many as this in one page come of another database than the bucket's, or of a restored one:
 * then nothing is removed, and somebody has to look.
 */
const UNNAMED_MAX = 100;

/** What we write: outputs, their smaller copies, what people handed in. Whatever else a bucket has is somebody else's. */
const FOLDERS = ["outputs/", "variants/", "references/"] as const;
/** One of these, or a draft that a crash has left of one. */
const OURS = /^(outputs|variants|references)\/[a-z0-9_]+\/[a-z0-9_.-]+$/;

/**
 * Looks at the next page of the storage and removes what no row names. Answers where the next look goes on, and what
 * was too much to be removed.
 */
export async function removeUnnamed(
  { db, storage }: Pick<Services, "db" | "storage">,
  after: string,
): Promise<{ found: Violation[]; reached: string }> {
  const folder = FOLDERS.find((name) => after.startsWith(name)) ?? FOLDERS[0];
  const page = await storage.list({ folder, after, limit: PAGE });
  const objects = page.objects.filter(({ key }) => OURS.test(key));
  const keys = new Set(await findUnnamedObjects(db, { objects, hours: HOURS_MIN }));
  const unnamed = objects.filter(({ key }) => keys.has(key));
  const [first] = unnamed;
  if (first && unnamed.length > UNNAMED_MAX) {
    const invariant = `${unnamed.length} of ${objects.length} objects have no row: none was removed`;
    return { found: [{ invariant, subject: first.key }], reached: after };
  }
  for (const object of unnamed) {
    // Asked once more, as a row may have come since.
    const [key] = await findUnnamedObjects(db, { objects: [object], hours: HOURS_MIN });
    if (key === undefined) {
      continue;
    }
    try {
      await storage.remove(key);
      log().info({ key }, "storage.removed");
    } catch (error) {
      // The rest of the page would wait as long in vain. They are met again the next time around, and others until then.
      log().warn({ key, err: error }, "storage.not_removed");
      break;
    }
  }
  return { found: [], reached: page.next ?? FOLDERS[FOLDERS.indexOf(folder) + 1] ?? "" };
}
