import "server-only";
import { readLedgerCheck } from "@/db/queries/ledger-checks";
import { readTargets } from "@/db/queries/overview";
import { readQueueDepths } from "@/db/queries/queue-depths";
import { readFailures } from "@/lib/generation/read-failures";
import type { Services } from "@/lib/services";
import { windowFloors } from "./windows";

/** The product's targets beside what was measured, what failed this week, what waits, and whether books and storage agree. */
export async function readOverview({ db, gateway }: Pick<Services, "db" | "gateway">) {
  const nowMs = Date.now();
  const [targets, failures, queues, drift, audit, storage] = await Promise.all([
    readTargets(db, windowFloors("generation", nowMs)),
    readFailures({ db }, { userId: null, nowMs }),
    readQueueDepths(db),
    readLedgerCheck(db, "drift"),
    readLedgerCheck(db, "whole"),
    readLedgerCheck(db, "storage"),
  ]);
  const checks = { ledger: drift ?? null, audit: audit ?? null, storage: storage ?? null };
  return { targets, failures, queues, checks, openCircuits: gateway.readState().openCircuits };
}

export type Overview = Awaited<ReturnType<typeof readOverview>>;
