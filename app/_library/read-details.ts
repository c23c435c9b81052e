import { isRecord } from "@/app/_data/json";
import { readPatiently } from "@/app/_data/read-patiently";
import type { LibraryDetail, LibraryDetails } from "@/lib/contracts/library";

/** The server tells of so many at once. */
const IDS_MAX = 100;

function isDetails(value: unknown): value is LibraryDetails {
  return isRecord(value) && Array.isArray(value.details);
}

/** All that is known of these tasks, whichever of them were on screen. */
export async function readDetails(ids: readonly string[], signal: AbortSignal): Promise<LibraryDetail[]> {
  const details: LibraryDetail[] = [];
  for (let start = 0; start < ids.length; start += IDS_MAX) {
    const body = { ids: ids.slice(start, start + IDS_MAX) };
    const page = await readPatiently("/api/library/details", isDetails, { method: "POST", body, signal });
    details.push(...page.details);
  }
  return details;
}
