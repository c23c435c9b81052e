import "server-only";
import { listLibrary as listLibraryRows } from "@/db/queries/library";
import { LIBRARY_TASKS_MAX, type LibraryList, type LibraryQuery } from "@/lib/contracts/library";
import type { Services } from "@/lib/services";
import { splitWords } from "./split-words";

/** Everything of a person's that matches, as ids and shapes: small enough to be sent whole, so that nothing is paged. */
export async function listLibrary(
  { db }: Pick<Services, "db">,
  { userId, query, limit = LIBRARY_TASKS_MAX }: { userId: string; query: LibraryQuery; limit?: number },
): Promise<LibraryList> {
  const items = await listLibraryRows(db, {
    userId,
    state: query.state,
    words: splitWords(query.q),
    model: query.model ?? null,
    ratio: query.ratio ?? null,
    isFavourite: query.fav !== undefined,
    from: query.from ?? null,
    to: query.to ?? null,
    limit: limit + 1,
  });
  return { items: items.slice(0, limit), isCut: items.length > limit };
}
