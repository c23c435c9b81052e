import "server-only";
import { findDraft as findRow } from "@/db/queries/drafts";
import { SavedDraft } from "@/lib/contracts/draft";
import type { Services } from "@/lib/services";

/** What stands in a person's composer, as their account keeps it. One that this release cannot read counts as none. */
export async function findDraft({ db }: Pick<Services, "db">, userId: string): Promise<SavedDraft | null> {
  const row = await findRow(db, userId);
  const saved = row && { draft: row.content, changedAt: new Date(row.changedAt).toISOString() };
  return SavedDraft.safeParse(saved).data ?? null;
}
