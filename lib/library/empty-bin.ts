import "server-only";
import { purgeBin } from "@/db/queries/library";
import { BIN_DAYS } from "@/lib/contracts/library";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

const BATCH = 100;

/** Gives up for good what has lain in the bin for its time. Answers how many pictures and tasks that were. */
export async function emptyBin({ db }: Pick<Services, "db">): Promise<number> {
  const { pictures, tasks } = await purgeBin(db, { days: BIN_DAYS, limit: BATCH });
  if (pictures + tasks > 0) {
    log().info({ pictures, tasks }, "bin.emptied");
  }
  return pictures + tasks;
}
