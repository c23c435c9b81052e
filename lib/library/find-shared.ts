import "server-only";
import { findShared as findSharedRow } from "@/db/queries/shares";
import type { SharedPicture } from "@/lib/contracts/explore";
import type { Services } from "@/lib/services";
import { toSharedPicture } from "./shared-view";

/** The picture behind a link; null when there is none, or when it was taken back: the two look the same. */
export async function findShared(
  { db }: Pick<Services, "db">,
  shareId: string,
): Promise<SharedPicture | null> {
  const row = await findSharedRow(db, shareId);
  return row ? toSharedPicture(row) : null;
}
