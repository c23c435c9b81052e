import "server-only";
import { listUsage } from "@/db/queries/credits";
import type { Services } from "@/lib/services";
import { toUsageDays, type UsageDay, usageSince } from "./usage-days";

/** What a person's pictures cost on each of the last thirty days: what was charged, less what was given back. */
export async function readUsage(
  { db }: Pick<Services, "db">,
  { userId, timeZone, nowMs = Date.now() }: { userId: string; timeZone: string; nowMs?: number },
): Promise<UsageDay[]> {
  const used = await listUsage(db, { userId, since: usageSince(nowMs) });
  return toUsageDays(used, { nowMs, timeZone });
}
