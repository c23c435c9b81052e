import "server-only";
import { readDatabaseClock } from "@/db/queries/clock";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** Webhooks are refused from five minutes on; there is time to set the clock right. */
const SKEW_SECONDS_MAX = 30;

/** Holds this process's clock against the database's: one that is off refuses genuine webhooks, so it pages. */
export async function compareClocks({ db, metrics }: Pick<Services, "db" | "metrics">): Promise<void> {
  const beforeMs = Date.now();
  const databaseMs = await readDatabaseClock(db);
  // It was read at some moment in between.
  const skewSeconds = (databaseMs - (beforeMs + Date.now()) / 2) / 1000;
  metrics.setClockSkew(skewSeconds);
  if (Math.abs(skewSeconds) > SKEW_SECONDS_MAX) {
    log().error({ skewSeconds: Math.round(skewSeconds), isPaged: true }, "clock.skewed");
  }
}
