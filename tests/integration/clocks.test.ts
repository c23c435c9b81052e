import { afterEach, describe, expect, it, vi } from "vitest";
import { createMetrics } from "@/lib/monitoring/metrics";
import { compareClocks } from "@/lib/reconciliation/compare-clocks";
import { setTestEnvironment } from "@/tests/support/environment";
import { databaseClock, openTestLedger } from "@/tests/support/ledger";
import { readLog } from "@/tests/support/read-log";
import { readMetric } from "@/tests/support/read-metric";

setTestEnvironment({ LOG_LEVEL: "error" });
const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
afterEach(() => vi.restoreAllMocks());

/** Compares them when the database's clock goes so far ahead; answers what was logged and measured. */
async function compareAt(shift: string) {
  await clock.shift(shift);
  const metrics = createMetrics();
  const lines = readLog();
  await compareClocks({ db, metrics });
  vi.restoreAllMocks();
  await clock.reset();
  return { lines, skewSeconds: await readMetric(metrics, "sunprint_clock_skew_seconds") };
}

describe("[F-31] a clock that is off", () => {
  it.for([600, -600, 32, -32])("by %i s pages and shows", async (seconds) => {
    const { lines, skewSeconds } = await compareAt(`${seconds} seconds`);
    expect(lines).toMatchObject([{ level: 50, msg: "clock.skewed", isPaged: true }]);
    expect(Math.abs(skewSeconds - seconds)).toBeLessThan(1.5);
  });

  it.for([0, 20, -20])("by %i s shows and pages nobody", async (seconds) => {
    const { lines, skewSeconds } = await compareAt(`${seconds} seconds`);
    expect(lines).toEqual([]);
    expect(Math.abs(skewSeconds - seconds)).toBeLessThan(5);
  });
});
