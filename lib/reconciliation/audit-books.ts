import "server-only";
import { INVARIANTS } from "@/db/invariants";
import {
  findViolations,
  leaseLedgerCheck,
  planLedgerCheck,
  recordLedgerCheck,
  type Violation,
} from "@/db/queries/ledger-checks";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** UTC; the first turn is at that hour, too (db/functions/guards/reference_rows.sql). */
const NIGHT_HOUR = 3;

/** Whoever does not finish, for whatever reason, is followed so much later; more than one invariant may take (15 minutes). */
const RETRY_SECONDS = 3_600;

/**
 * Each night, one of all instances: holds the whole books, and all else that must hold, against every invariant. What it
 * finds pages like the drift of a minute. The next night is planned when it is done: until then the turn is only held, from one
 * invariant to the next, so a night is not lost with a process. Returns how much was found, null when it was not its turn.
 */
export async function auditBooks(
  { db }: Pick<Services, "db">,
  { now = () => new Date() }: { now?: () => Date } = {},
): Promise<number | null> {
  const { outcome } = await leaseLedgerCheck(db, { name: "whole", intervalSeconds: RETRY_SECONDS });
  if (outcome === "waiting") {
    return null;
  }
  const violations: Violation[] = [];
  for (const invariant of INVARIANTS) {
    violations.push(...(await findViolations(db, invariant)));
    await planLedgerCheck(db, { name: "whole", seconds: RETRY_SECONDS });
  }
  await recordLedgerCheck(db, { name: "whole", violations });
  await planLedgerCheck(db, { name: "whole", seconds: secondsToNight(now()) });
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
