import "server-only";
import { listExplore as listExploreRows } from "@/db/queries/shares";
import type { ExplorePage, ExploreQuery } from "@/lib/contracts/explore";
import { readCursor, writeCursor } from "@/lib/cursor";
import type { Services } from "@/lib/services";
import { toSharedPicture } from "./shared-view";

const PAGE_SIZE = 48;

/** Reviewed public pictures, newest first, a page at a time. Null when the cursor is none of ours. */
export async function listExplore(
  { db }: Pick<Services, "db">,
  { model, ratio, cursor, limit = PAGE_SIZE }: ExploreQuery & { limit?: number },
): Promise<ExplorePage | null> {
  const after = cursor === undefined ? null : readCursor(cursor, "img");
  if (cursor !== undefined && after === null) {
    return null;
  }
  const rows = await listExploreRows(db, { model: model ?? null, ratio: ratio ?? null, limit, after });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    pictures: rows.map(toSharedPicture),
    nextCursor: last ? writeCursor({ createdAt: last.createdAt, id: last.imageId }) : null,
  };
}
