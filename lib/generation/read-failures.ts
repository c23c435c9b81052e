import "server-only";
import { countFailures } from "@/db/queries/failures";
import { FailureReason } from "@/lib/contracts/task";
import { idFloor } from "@/lib/ids";
import type { Services } from "@/lib/services";

const WEEK_MS = 7 * 24 * 3_600_000;

/** How often something failed for one reason in a week, and how many credits came back for it. */
export type Failures = { reason: FailureReason | "blocked_before"; count: number; returned: number };

/** What failed in the last seven days and why: a person's, or everybody's without one. Most frequent first. */
export async function readFailures(
  { db }: Pick<Services, "db">,
  { userId, nowMs = Date.now() }: { userId: string | null; nowMs?: number },
): Promise<Failures[]> {
  const since = new Date(nowMs - WEEK_MS);
  const counts = await countFailures(db, {
    userId,
    since,
    floorId: idFloor("generation", since.getTime()),
  });
  return counts.map(({ reason, ...rest }) => ({
    reason: reason === "blocked_before" ? reason : FailureReason.catch("internal").parse(reason),
    ...rest,
  }));
}
