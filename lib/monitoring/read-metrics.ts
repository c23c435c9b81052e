import "server-only";
import { countLeaks } from "@/db/queries/leaks";
import { readLedgerCheck } from "@/db/queries/ledger-checks";
import { readQueueDepths } from "@/db/queries/queue-depths";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";

/** The process's metrics as Prometheus text. Without the database, those that need none: an outage is when they matter. */
export async function readMetrics({ db, metrics, gateway }: Services): Promise<string> {
  const [queues, leaks, ledger, audit, storage] = await Promise.all([
    readQueueDepths(db),
    countLeaks(db),
    readLedgerCheck(db, "drift"),
    readLedgerCheck(db, "whole"),
    readLedgerCheck(db, "storage"),
  ]).catch((error: unknown) => {
    log().warn({ err: error }, "metrics.no_database");
    return [null, null, null, null, null] as const;
  });
  return metrics.print({
    queues,
    leaks,
    ledger: ledger ?? null,
    audit: audit ?? null,
    storage: storage ?? null,
    gateway: gateway.readState(),
  });
}
