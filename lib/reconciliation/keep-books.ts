import "server-only";
import { expireBuckets } from "@/db/queries/credits";
import { findDrift, leaseLedgerCheck, recordLedgerCheck } from "@/db/queries/ledger-checks";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** With the sweep's own interval, a drift is told of within a minute. */
const INTERVAL_SECONDS = 30;
const BUCKETS = 200;

/**
 * Each half minute, one of all instances: looks whether the books drift, which pages, and sweeps the free buckets of
 * months that are over. Returns what it found, null when it was not its turn.
 */
export async function keepBooks({ db }: Pick<Services, "db">): Promise<number | null> {
  const { outcome } = await leaseLedgerCheck(db, { name: "drift", intervalSeconds: INTERVAL_SECONDS });
  if (outcome === "waiting") {
    return null;
  }
  const violations = await findDrift(db);
  await recordLedgerCheck(db, { name: "drift", violations });
  if (violations.length > 0) {
    log().error({ count: violations.length, first: violations[0], isPaged: true }, "ledger.drift");
  }
  await expireBuckets(db, BUCKETS);
  return violations.length;
}
