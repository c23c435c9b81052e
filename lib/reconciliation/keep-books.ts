import "server-only";
import { expireBuckets } from "@/db/queries/credits";
import {
  findDrift,
  leaseLedgerCheck,
  planDriftLook,
  planLedgerCheck,
  recordLedgerCheck,
} from "@/db/queries/ledger-checks";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** With the sweep's own interval, a drift is told of within a minute. */
const INTERVAL_SECONDS = 30;
const BUCKETS = 200;

/**
 * Each half minute, one of all instances: looks whether the books drift, which pages, and sweeps the free buckets of
 * months that are over. Returns what it found, null when it was not its turn. A look that fails pages as every job does, and
 * the next one takes up all that it had to.
 */
export async function keepBooks({ db }: Pick<Services, "db">): Promise<number | null> {
  const { outcome } = await leaseLedgerCheck(db, { name: "drift", intervalSeconds: INTERVAL_SECONDS });
  if (outcome === "waiting") {
    return null;
  }
  const { window, next } = await planDriftLook(db);
  const violations = await findDrift(db, window);
  await recordLedgerCheck(db, { name: "drift", violations });
  await planLedgerCheck(db, { name: "drift", reached: next });
  if (violations.length > 0) {
    log().error({ count: violations.length, first: violations[0], isPaged: true }, "ledger.drift");
  }
  await expireBuckets(db, BUCKETS);
  return violations.length;
}
