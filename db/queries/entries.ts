import "server-only";
import type postgres from "postgres";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** A filter looks at so many entries at most; its next page goes on from there. */
const ROWS_MAX = 2_000;

export const MovementKind = z.enum(["grant", "reserve", "capture", "release", "refund", "expire", "adjust"]);
export type MovementKind = z.infer<typeof MovementKind>;

export const AccountKind = z.enum(["available", "held", "mint", "revenue", "expired", "writeoff"]);

const EntryLine = z.object({
  id: z.number(),
  kind: MovementKind,
  account: AccountKind,
  unit: z.enum(["credit", "picture"]),
  /** The month of a bucket of free pictures. */
  period: z.string(),
  /** Null of the house's accounts. */
  userId: z.string().nullable(),
  hasAccount: z.boolean(),
  amount: z.number(),
  /** The house's balances are not kept. */
  balanceAfter: z.number().nullable(),
  generationId: z.string().nullable(),
  reason: z.string(),
  actor: z.string(),
  createdAt: z.coerce.date(),
});

export type EntrySearch = {
  /** Whose entries, or of which generation's movements; null for everybody's. */
  of: { kind: "user" | "generation"; id: string } | null;
  kind: MovementKind | null;
  /** From an instant to another. */
  window: { from: Date; to: Date } | null;
};

/** The newest entries of what is searched, by an index, whatever it is. */
function selectEntries(sql: postgres.Sql, of: EntrySearch["of"]): postgres.Fragment {
  switch (of?.kind) {
    case "user":
      return sql`select e.* from reach, ledger_accounts a cross join lateral (
          select * from ledger_entries l
           where l.account_id = a.id and l.id >= reach.first and l.id < reach.ceiling
           order by l.id desc limit ${ROWS_MAX}) e
        where a.user_id = ${of.id}`;
    case "generation":
      return sql`select e.* from reach, ledger_transactions t join ledger_entries e on e.transaction_id = t.id
        where t.generation_id = ${of.id} and e.id >= reach.first and e.id < reach.ceiling`;
    case undefined:
      return sql`select e.* from ledger_entries e
        where e.id >= (select first from reach) and e.id < (select ceiling from reach)`;
  }
}

/**
 * Entries, newest first, with where the next page begins. Ids of entries grow with time, so a window is found by halving
 * the ids between the first and the last until its edges are met: no index by time is needed. A movement has the time its
 * transaction began at, which may have waited before it drew its ids: the edges are looked for a minute outside.
 */
export function searchEntries(db: Db, step: EntrySearch & { before: number | null; limit: number }) {
  const { window, kind } = step;
  const from = window?.from.toISOString() ?? null;
  const to = window?.to.toISOString() ?? null;
  return callStep(
    db,
    z.object({ entries: z.array(EntryLine), nextBefore: z.number().nullable() }),
    (sql) => sql`
      with recursive newest as materialized (
        select coalesce((select max(id) from ledger_entries), 0) + 1 as ceiling
      ), seek (edge, at, low, high) as (
        select edge, at, 0::bigint, ceiling
          from newest, (values ('from', ${from}::timestamptz - interval '1 minute'),
                               ('to', ${to}::timestamptz + interval '1 minute')) w (edge, at)
         where at is not null
        union all
        select edge, at, case when met.is_before then met.id + 1 else low end,
               case when met.is_before then high else middle end
          from (select *, (low + high) / 2 as middle from seek where low < high) s
          left join lateral (
            select e.id, t.created_at < s.at as is_before
              from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
             where e.id >= s.middle and e.id < s.high order by e.id limit 1) met on true
      ), reach as materialized (
        select coalesce((select low from seek where edge = 'from' and low >= high), 0) as first,
               least(coalesce((select low from seek where edge = 'to' and low >= high), ceiling),
                     coalesce(${step.before}::bigint, ceiling)) as ceiling
          from newest
      ), looked as materialized (
        select * from (${selectEntries(sql, step.of)}) source order by id desc limit ${ROWS_MAX}
      ), found as materialized (
        select l.id, l.account_id, l.amount, l.balance_after, t.kind, t.generation_id, t.reason, t.actor, t.created_at
          from looked l join ledger_transactions t on t.id = l.transaction_id
         where (${kind}::text is null or t.kind = ${kind})
           and (${from}::timestamptz is null or (t.created_at >= ${from} and t.created_at < ${to}))
         order by l.id desc limit ${step.limit}
      )
      select jsonb_build_object(
        'entries', (select coalesce(jsonb_agg(jsonb_build_object(
            'id', f.id, 'kind', f.kind, 'account', a.kind, 'unit', a.unit, 'period', a.period, 'userId', a.user_id,
            'hasAccount', exists (select from users u where u.id = a.user_id), 'amount', f.amount,
            'balanceAfter', f.balance_after, 'generationId', f.generation_id, 'reason', f.reason, 'actor', f.actor,
            'createdAt', f.created_at) order by f.id desc), '[]')
          from found f join ledger_accounts a on a.id = f.account_id),
        'nextBefore', case
          when (select count(*) from found) = ${step.limit} then (select min(id) from found)
          when (select count(*) from looked) = ${ROWS_MAX} then (select min(id) from looked) end) as result`,
  );
}
