import "server-only";
import type postgres from "postgres";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const instant = z.coerce.date();

const CodeLine = z.object({
  id: z.string(),
  amount: z.number(),
  uses: z.number(),
  usesMax: z.number(),
  expiresAt: instant.nullable(),
  createdAt: instant,
  reason: z.string(),
  /** `operator:…`; null of one that was brought in from the predecessor. */
  madeBy: z.string().nullable(),
  /** Who switched it off, when and why. */
  end: z.object({ actor: z.string(), reason: z.string(), at: instant }).nullable(),
  state: z.enum(["open", "used_up", "expired", "ended"]),
});
export type CodeLine = z.infer<typeof CodeLine>;

/**
 * The lines of `shown`, some rows of redeem_codes. Who made one and what ended it is told by the audit, which grows by what
 * operators do by hand; it is read once for all of them, from the oldest of them on.
 */
function toLines(sql: postgres.Sql, shown: postgres.Fragment) {
  return sql`
    with shown as materialized (${shown}
    ), acts as materialized (
      select action, subject, actor, reason, created_at from audit_entries
       where action in ('make_codes', 'end_code') and created_at >= (select min(created_at) from shown)
    ), lines as (
      select s.*, used.uses, ended.actor as ended_by, ended.reason as end_reason, ended.created_at as ended_at,
             (select actor from acts
               where action = 'make_codes' and created_at = s.created_at and reason = s.reason limit 1) as made_by
        from shown s
        left join acts ended on ended.action = 'end_code' and ended.subject = s.id
       cross join lateral (select count(*) as uses from redemptions r where r.code_id = s.id) used
    )
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', id, 'amount', amount, 'uses', uses, 'usesMax', uses_max, 'expiresAt', expires_at, 'createdAt', created_at,
        'reason', reason, 'madeBy', made_by,
        'end', case when ended_at is not null then
          jsonb_build_object('actor', ended_by, 'reason', end_reason, 'at', ended_at) end,
        'state', case when ended_at is not null then 'ended' when uses >= uses_max then 'used_up'
                      when expires_at <= now() then 'expired' else 'open' end)
        order by created_at desc, id desc), '[]') as result from lines`;
}

/** Codes, newest first, older than the code `before`. */
export function listCodes(db: Db, step: { before: string | null; limit: number }) {
  return callStep(db, z.array(CodeLine), (sql) =>
    toLines(
      sql,
      sql`select * from redeem_codes
           where ${step.before}::text is null
              or (created_at, id) < (select created_at, id from redeem_codes where id = ${step.before})
           order by created_at desc, id desc limit ${step.limit}`,
    ),
  );
}

/** One code; null when there is none. */
export async function findCode(db: Db, codeId: string): Promise<CodeLine | null> {
  const codes = await callStep(db, z.array(CodeLine), (sql) =>
    toLines(sql, sql`select * from redeem_codes where id = ${codeId}`),
  );
  return codes[0] ?? null;
}

/** The id of the code with this id or this hash; null when there is none. */
export function findCodeId(db: Db, step: { id: string; codeHash: Buffer }) {
  return callStep(
    db,
    z.string().nullish(),
    (sql) => sql`select to_jsonb(id) as result from redeem_codes
      where id = ${step.id} or code_hash = ${step.codeHash}`,
  );
}

/** Who redeemed a code last, and whether they are still here. */
export function listRedemptions(db: Db, step: { codeId: string; limit: number }) {
  return callStep(
    db,
    z.array(z.object({ userId: z.string(), hasAccount: z.boolean(), at: instant })),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'userId', user_id, 'at', created_at, 'hasAccount', exists (select from users u where u.id = r.user_id))
        order by created_at desc), '[]') as result
      from (select * from redemptions where code_id = ${step.codeId}
             order by created_at desc limit ${step.limit}) r`,
  );
}
