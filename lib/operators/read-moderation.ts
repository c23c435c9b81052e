import "server-only";
import { countWaiting, listOpenAppeals, listPendingPictures } from "@/db/queries/moderation";
import type { Services } from "@/lib/services";

/** What is decided makes room for the next. */
const SHOWN_MAX = 50;
const COUNTED_MAX = 1_000;

/** What waits for an operator's word: public pictures for Explore, and appeals; those that wait longest. */
export async function readModeration({ db }: Pick<Services, "db">) {
  const [pictures, appeals] = await Promise.all([
    listPendingPictures(db, SHOWN_MAX),
    listOpenAppeals(db, SHOWN_MAX),
  ]);
  return { pictures, appeals };
}

/** How many of both there are. */
export async function countModeration({ db }: Pick<Services, "db">): Promise<number> {
  const { pictures, appeals } = await countWaiting(db, COUNTED_MAX);
  return pictures + appeals;
}
