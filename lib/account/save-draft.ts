import "server-only";
import { saveDraft as saveRow } from "@/db/queries/drafts";
import type { SaveDraftRequest } from "@/lib/contracts/draft";
import type { Services } from "@/lib/services";

/** Keeps what stands in a person's composer, for their other browsers. Of two the one that was changed last stays. */
export async function saveDraft(
  { db }: Pick<Services, "db">,
  { userId, draft, changedAt }: SaveDraftRequest & { userId: string },
): Promise<"saved" | "outdated" | "account_closed"> {
  const { outcome } = await saveRow(db, { userId, content: draft, changedAt });
  return outcome;
}
