import "server-only";
import { readLedgerCheck } from "@/db/queries/ledger-checks";
import { readTargets } from "@/db/queries/operators";
import { readQueueDepths } from "@/db/queries/queue-depths";
import { readFailures } from "@/lib/generation/read-failures";
import { idFloor } from "@/lib/ids";
import type { Services } from "@/lib/services";

const WINDOW_HOURS = [1, 24, 168];
const MS_PER_HOUR = 3_600_000;

/** The product's targets beside what was measured, what failed this week, what waits, and whether books and storage agree. */
export async function readOverview({ db, gateway }: Pick<Services, "db" | "gateway">) {
  const nowMs = Date.now();
  const floors = WINDOW_HOURS.map((hours) => ({
    hours,
    id: idFloor("generation", nowMs - hours * MS_PER_HOUR),
  }));
  const [targets, failures, queues, drift, audit, storage] = await Promise.all([
    readTargets(db, floors),
    readFailures({ db }, { userId: null, nowMs }),
    readQueueDepths(db),
    readLedgerCheck(db, "drift"),
    readLedgerCheck(db, "whole"),
    readLedgerCheck(db, "storage"),
  ]);
  // As old as the look of this minute; what the last night's found counts until the next.
  const ledger = drift ? { ...drift, violations: drift.violations + (audit?.violations ?? 0) } : null;
  const checks = { ledger, storage: storage ?? null };
  return { targets, failures, queues, checks, openCircuits: gateway.readState().openCircuits };
}
