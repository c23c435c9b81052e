import "server-only";
import { removeDueReferences as removeDueRows } from "@/db/queries/references";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

const BATCH = 100;

/** Gives up the reference pictures with which nothing was made, a week after. Answers how many that were. */
export async function removeDueReferences({ db }: Pick<Services, "db">): Promise<number> {
  const { removed } = await removeDueRows(db, BATCH);
  if (removed > 0) {
    log().info({ removed }, "references.removed");
  }
  return removed;
}
