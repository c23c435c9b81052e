import "server-only";
import { forgetOldRows } from "@/db/queries/retention";
import type { Services } from "@/lib/services";

/** A submit is the same submit for so long: a key that comes later starts a new one. */
const KEY_DAYS = 7;
/** Deliveries and effects that are done are looked at when somebody asks what happened. */
const TRACE_DAYS = 30;
const BATCH = 1_000;
/** A turn goes on while there is a full batch of anything, and no longer than so many. */
const BATCHES_MAX = 20;

/** Lets go of what is kept for a while only. Answers how many rows that were. */
export async function forgetOld({ db }: Pick<Services, "db">): Promise<number> {
  let forgotten = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const { forgotten: count } = await forgetOldRows(db, {
      keyDays: KEY_DAYS,
      traceDays: TRACE_DAYS,
      limit: BATCH,
    });
    forgotten += count;
    if (count < BATCH) {
      break;
    }
  }
  return forgotten;
}
