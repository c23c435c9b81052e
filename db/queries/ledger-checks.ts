import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

export const Violation = z.object({ invariant: z.string(), subject: z.string() });
export type Violation = z.infer<typeof Violation>;

/** Entries that a look at the newest reaches back: more than a minute of a busy day. */
const RECENT_ENTRIES = 5_000;

type CheckName = "drift" | "storage";

/** Whether it is this caller's turn; one of all instances gets each turn. */
export function leaseLedgerCheck(db: Db, step: { name: CheckName; intervalSeconds: number }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["leased", "waiting"]) }),
    (sql) => sql`select lease_ledger_check(${step.name}, ${step.intervalSeconds}) as result`,
  );
}

/**
 * What drifts, by a look that costs a probe an account: each cached balance is what its last entry left, each hold is
 * its live generations', and the newest entries follow from the ones before and sum to zero. What lies deeper is
 * `npm run db:check`'s.
 */
export function findDrift(db: Db) {
  return callStep(
    db,
    z.array(Violation),
    (sql) => sql`
      with recent as materialized (
        select * from ledger_entries where id > (select max(id) from ledger_entries) - ${RECENT_ENTRIES}::integer
      ), drift as (
        select 'I4 a cached balance differs from its last entry' as invariant, a.id::text as subject
          from ledger_accounts a
          left join lateral (
            select balance_after from ledger_entries e where e.account_id = a.id order by id desc limit 1) e on true
         where a.is_materialised and a.balance <> coalesce(e.balance_after, 0)
        union all
        select 'I12 a held balance differs from its live generations', a.id::text
          from ledger_accounts a left join generations g on g.held_account_id = a.id and g.terminal_at is null
         where a.kind = 'held' group by a.id, a.balance having a.balance <> coalesce(sum(g.held_amount), 0)
        union all
        select 'I1 a movement does not sum to zero', e.transaction_id
          from ledger_entries e where e.transaction_id in (select transaction_id from recent)
         group by e.transaction_id having sum(e.amount) <> 0 or count(*) < 2
        union all
        select 'I6 an entry does not follow from the one before', e.id::text
          from recent e
          left join lateral (
            select balance_after from ledger_entries p
             where p.account_id = e.account_id and p.id < e.id order by p.id desc limit 1) p on true
         where e.balance_after is not null and e.balance_after <> coalesce(p.balance_after, 0) + e.amount
      )
      select coalesce(jsonb_agg(drift), '[]') as result from drift`,
  );
}

/** Writes down what a check found. */
export function recordLedgerCheck(db: Db, violations: readonly Violation[]) {
  const sample = JSON.stringify(violations.slice(0, 20));
  return callStep(
    db,
    z.object({ outcome: z.literal("recorded") }),
    (sql) => sql`select record_ledger_check('drift', ${violations.length}, ${sample}::jsonb) as result`,
  );
}

/** What the last check of this name found, and how long ago; null before the first. */
export function readLedgerCheck(db: Db, name: CheckName) {
  return callStep(
    db,
    z.object({ violations: z.number(), ageSeconds: z.number() }).nullish(),
    (sql) => sql`select jsonb_build_object(
        'violations', violation_count, 'ageSeconds', extract(epoch from now() - checked_at)) as result
      from ledger_checks where name = ${name} and checked_at is not null`,
  );
}
