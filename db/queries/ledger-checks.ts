import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep, withDatabaseRetries } from "./step";

export const Violation = z.object({ invariant: z.string(), subject: z.string() });
export type Violation = z.infer<typeof Violation>;

/** Entries that a look at the newest reaches back: more than a minute of a busy day. */
const RECENT_ENTRIES = 5_000;
/** So many of the newest generations are looked at, whether anything moved for them or not. */
const RECENT_GENERATIONS = 1_000;
/** Accounts that a look at drift goes on with, whether anything moved on them or not. */
const ACCOUNTS_IN_TURN = 5_000;
/** Of accounts that changed since the last look: after a day without one, the others come in their turn. */
const CHANGED_ACCOUNTS_MAX = 50_000;
/** Of what one invariant finds: a table that broke as a whole needs no more to be seen. */
const FOUND_MAX = 1_000;
/** The grouping of years of rows, in memory, takes longer than any other statement of the app may. */
const PATIENCE = "set local statement_timeout = '15min'; set local work_mem = '256MB'";

export type CheckName = "drift" | "storage" | "whole";

/** Whether it is this caller's turn; one of all instances gets each turn. */
export function leaseLedgerCheck(db: Db, step: { name: CheckName; intervalSeconds: number }) {
  return callStep(
    db,
    z.object({ outcome: z.enum(["leased", "waiting"]) }),
    (sql) => sql`select lease_ledger_check(${step.name}, ${step.intervalSeconds}) as result`,
  );
}

/** Which accounts a look at drift takes up: those written since a transaction, and those behind one id and up to another. */
export type DriftWindow = { since: string | null; after: number; until: number | null };

const EVERY_ACCOUNT: DriftWindow = { since: null, after: 0, until: null };

/** What the next look at drift takes up, and where the one after it begins. */
export function planDriftLook(db: Db) {
  const Window = z.object({ since: z.string().nullable(), after: z.number(), until: z.number().nullable() });
  return callStep(
    db,
    z.object({ window: Window, next: z.object({ since: z.string(), account: z.number() }) }),
    (sql) => sql`
      with known as (
        select reached ->> 'since' as since, coalesce((reached ->> 'account')::bigint, 0) as after
          from ledger_checks where name = 'drift'
      ), turn as (
        select a.id from known, lateral (
          select id from ledger_accounts where id > known.after order by id limit ${ACCOUNTS_IN_TURN}) a
      ), ended as (
        select case when count(*) = ${ACCOUNTS_IN_TURN} then max(id) end as until from turn
      )
      select jsonb_build_object(
        'window', jsonb_build_object('since', since, 'after', after, 'until', until),
        -- What is not over by now may still be written to; a look at it again does no harm.
        'next', jsonb_build_object(
          'since', pg_snapshot_xmin(pg_current_snapshot())::text, 'account', coalesce(until, 0))) as result
      from known, ended`,
  );
}

/**
 * What drifts, by a look that costs a probe for each account of the window and a pass over the others: each cached balance is
 * what its last entry left, each hold is its live generations', the newest entries follow from the ones before, sum to zero and
 * are on accounts of their own, and the generations that they are about, like the newest ones, are held once, settled as they
 * ended, and paid for what was stored. Whoever writes to an account marks it with their transaction, whatever they write and
 * however: so those that changed are seen at once, and those that did not in their turn. What lies deeper is for findViolations.
 */
export function findDrift(db: Db, { since, after, until }: DriftWindow = EVERY_ACCOUNT) {
  return callStep(
    db,
    z.array(Violation),
    (sql) => sql`
      with recent as materialized (
        select * from ledger_entries where id > (select max(id) from ledger_entries) - ${RECENT_ENTRIES}::integer
      ), changed as materialized (
        select generation_id as id from ledger_transactions
         where generation_id is not null and id in (select transaction_id from recent)
        union
        (select id from generations order by id desc limit ${RECENT_GENERATIONS}::integer)
      ), settled as materialized (
        select g.id, g.state, g.terminal_at, g.captured_amount,
               g.unit_price * case when g.late_at is null
                 then (select count(*) from assets a where a.generation_id = g.id) else 0 end as stored_amount,
               count(t.id) filter (where t.kind = 'reserve') as holds,
               count(t.id) filter (where t.kind in ('capture', 'release')) as ends,
               coalesce(bool_or(t.kind = 'capture'), false) as is_captured,
               (select coalesce(sum(e.amount), 0)
                  from ledger_transactions c join ledger_entries e on e.transaction_id = c.id and e.amount > 0
                  join ledger_accounts a on a.id = e.account_id and a.user_id is null and a.kind = 'revenue'
                 where c.generation_id = g.id and c.kind = 'capture') as taken
          from changed join generations g on g.id = changed.id left join ledger_transactions t on t.generation_id = g.id
         group by g.id
      ), live as materialized (
        select held_account_id as id, sum(held_amount) as held from generations where terminal_at is null group by 1
      ), looked as materialized (
        (select id, kind, balance from ledger_accounts
          where is_materialised and (age(xmin) <= age(${since}::xid8::xid) or balance < 0 or (kind = 'held' and balance > 0))
          limit ${CHANGED_ACCOUNTS_MAX})
        union
        select id, kind, balance from ledger_accounts
         where is_materialised and id > ${after} and id <= coalesce(${until}::bigint, id)
        union
        select id, kind, balance from ledger_accounts where id in (select id from live)
      ), drift as (
        select 'I4 a cached balance differs from its last entry' as invariant, a.id::text as subject
          from looked a
          left join lateral (
            select balance_after from ledger_entries e where e.account_id = a.id order by id desc limit 1) e on true
         where a.balance <> coalesce(e.balance_after, 0)
        union all
        select 'I5 a balance is negative', id::text from looked where balance < 0
        union all
        select 'I12 a held balance differs from its live generations', a.id::text
          from looked a left join live on live.id = a.id
         where a.kind = 'held' and a.balance <> coalesce(live.held, 0)
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
        union all
        select 'I24 an entry of a generation on another account than its own', e.id::text
          from recent e
          join ledger_accounts a on a.id = e.account_id and a.user_id is not null
          join ledger_transactions t on t.id = e.transaction_id
          join generations g on g.id = t.generation_id
         where a.user_id <> g.user_id or a.id not in (g.available_account_id, g.held_account_id)
        union all
        select 'I2 a movement has no entry', t.id
          from changed join ledger_transactions t on t.generation_id = changed.id
         where not exists (select from ledger_entries e where e.transaction_id = t.id)
        union all
        select 'I7 a generation without exactly one hold', id from settled where holds <> 1
        union all
        select 'I8 an ended generation not settled exactly once', id
          from settled where terminal_at is not null and ends <> 1
        union all
        select 'I9 a live generation is settled', id from settled where terminal_at is null and ends > 0
        union all
        select 'I10 the end of the hold disagrees with the state', id
          from settled where ends > 0 and is_captured <> (state = 'succeeded')
        union all
        select 'I11 the captured amount differs from what was stored', id
          from settled where terminal_at is not null and (taken <> captured_amount or captured_amount <> stored_amount)
      )
      select coalesce(jsonb_agg(drift), '[]') as result from drift`,
  );
}

/** What breaks one of the invariants: up to minutes of reading, in a snapshot of its own. */
export async function findViolations(db: Db, invariant: string): Promise<Violation[]> {
  // One message is one transaction, and what is set in it is set for no other.
  const text = `${PATIENCE}; select invariant, subject from (${invariant}) violations limit ${FOUND_MAX}`;
  const results = await withDatabaseRetries(() => db.$client.unsafe(text));
  return z.array(Violation).parse(results.at(-1));
}

/** Writes down what a check found. */
export function recordLedgerCheck(db: Db, step: { name: CheckName; violations: readonly Violation[] }) {
  const { name, violations } = step;
  const sample = JSON.stringify(violations.slice(0, 20));
  return callStep(
    db,
    z.object({ outcome: z.literal("recorded") }),
    (sql) => sql`select record_ledger_check(${name}, ${violations.length}, ${sample}::jsonb) as result`,
  );
}

/** When a check is due next, and where it then goes on; what is not given stays. */
export function planLedgerCheck(
  db: Db,
  step: {
    name: CheckName;
    seconds?: number;
    reached?: Awaited<ReturnType<typeof planDriftLook>>["next"];
  },
) {
  const reached = step.reached ? JSON.stringify(step.reached) : null;
  return callStep(
    db,
    z.object({ outcome: z.literal("planned") }),
    (sql) =>
      sql`select plan_ledger_check(${step.name}, ${step.seconds ?? null}, ${reached}::jsonb) as result`,
  );
}

/** What the last check of this name found, with the first of it, and how long ago; null before the first. */
export function readLedgerCheck(db: Db, name: CheckName) {
  return callStep(
    db,
    z.object({ violations: z.number(), ageSeconds: z.number(), sample: z.array(Violation) }).nullish(),
    (sql) => sql`select jsonb_build_object('violations', violation_count, 'sample', sample,
        'ageSeconds', extract(epoch from now() - checked_at)) as result
      from ledger_checks where name = ${name} and checked_at is not null`,
  );
}
