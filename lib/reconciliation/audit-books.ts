import "server-only";
import { findViolations, leaseLedgerCheck, recordLedgerCheck } from "@/db/queries/ledger-checks";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** UTC; the first turn is at that hour, too (db/functions/guards/reference_rows.sql). */
const NIGHT_HOUR = 3;

/**
 * Each night, one of all instances: holds the whole books, and all else that must hold, against every invariant. What it
 * finds pages like the drift of a minute. Returns how much that was, null when it was not its turn.
 */
export async function auditBooks(
  { db }: Pick<Services, "db">,
  { now = new Date() }: { now?: Date } = {},
): Promise<number | null> {
  const turn = { name: "whole", intervalSeconds: secondsToNight(now) } as const;
  const { outcome } = await leaseLedgerCheck(db, turn);
  if (outcome === "waiting") {
    return null;
  }
  const violations = await findViolations(db);
  await recordLedgerCheck(db, { name: "whole", violations });
  const count = violations.length;
  if (count > 0) {
    log().error({ check: "whole", count, first: violations[0], isPaged: true }, "ledger.drift");
  }
  return count;
}

/** To the hour of tomorrow, so that a turn which came late leads back into the night. */
function secondsToNight(now: Date): number {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1, NIGHT_HOUR);
  return Math.round((next - now.getTime()) / 1000);
}
