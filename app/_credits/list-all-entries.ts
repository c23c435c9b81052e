import { isCreditsResponse } from "@/app/_data/guards";
import { readPatiently } from "@/app/_data/read-patiently";
import type { CreditsResponse, LedgerEntry, LedgerFilter } from "@/lib/contracts/credits";

/** Every line of the person's ledger that the filter lets through, newest first. */
export async function listAllEntries(show: LedgerFilter, signal: AbortSignal): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: CreditsResponse = await readPatiently(
      `/api/credits?limit=100&show=${show}${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
      isCreditsResponse,
      { signal },
    );
    entries.push(...page.entries);
    cursor = page.nextCursor;
  }
  return entries;
}
