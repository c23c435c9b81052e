import "server-only";
import { leaseLedgerCheck, type Violation } from "@/db/queries/ledger-checks";
import { readStorageCheck, recordStorageCheck } from "@/db/queries/storage-checks";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { findLostFiles } from "./find-lost-files";
import { removeUnnamed } from "./remove-unnamed";

const INTERVAL_SECONDS = 60;

/**
 * Each minute, one of all instances holds a part of the rows against the storage and a part of the storage against the
 * rows, and goes on there the next time: a file that is missing pages, an object that no row names is removed. Two at
 * once, after one that outlived its turn, do no harm: both ask the rows before each act. Answers what must not be, null
 * when it was not its turn or the storage did not answer.
 */
export async function keepStorage({
  db,
  storage,
}: Pick<Services, "db" | "storage">): Promise<Violation[] | null> {
  const { outcome } = await leaseLedgerCheck(db, { name: "storage", intervalSeconds: INTERVAL_SECONDS });
  if (outcome === "waiting") {
    return null;
  }
  const { reached, found: known } = await readStorageCheck(db);
  try {
    const lost = await findLostFiles({ db, storage }, { after: reached.pictureId, known });
    const unnamed = await removeUnnamed({ db, storage }, reached.objectKey);
    const found = [...unnamed.found, ...lost.found];
    await recordStorageCheck(db, {
      found,
      reached: { pictureId: lost.reached, objectKey: unnamed.reached },
    });
    if (found.length > 0) {
      log().error({ count: found.length, first: found[0], isPaged: true }, "storage.drift");
    }
    return found;
  } catch (error) {
    // Looked at again in a minute. That nothing was recorded shows as the age of the last check.
    log().warn({ err: error }, "storage.not_checked");
    return null;
  }
}
