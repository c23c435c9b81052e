import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { MovementKind } from "./entries";
import { GenerationState } from "./generations";
import { callStep } from "./step";

const BalanceRow = z.object({
  available: z.number(),
  held: z.number(),
  freeRemaining: z.number(),
  freeMonthlyLimit: z.number(),
  lastCost: z.number(),
  freeResetsAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
});

/** A person's money at one snapshot. Opens the wallet when sign-up was cut short before it. */
export function readBalance(
  db: Db,
  step: { userId: string; signupCredits: number; freeMonthlyLimit: number },
) {
  return callStep(
    db,
    BalanceRow,
    (sql) =>
      sql`select read_balance(${step.userId}, ${step.signupCredits}, ${step.freeMonthlyLimit}) as result`,
  );
}

/** A person's accounts and sign-up grant, once. */
export function openWallet(
  db: Db,
  step: { userId: string; signupCredits: number; isFirstAccountOperator: boolean },
) {
  return callStep(
    db,
    z.object({ outcome: z.literal("open") }),
    (sql) => sql`select open_wallet(
      ${step.userId}, ${step.signupCredits}, ${step.isFirstAccountOperator}) as result`,
  );
}

const EntryRow = z.object({
  id: z.number(),
  kind: MovementKind,
  amount: z.number(),
  balanceAfter: z.number(),
  generationId: z.string().nullable(),
  reason: z.string(),
  sentence: z.string().nullable(),
  createdAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  task: z
    .object({
      prompt: z.string(),
      model: z.string(),
      state: GenerationState,
      outputCount: z.number(),
      capturedAmount: z.number().nullable(),
      imageId: z.string().nullable(),
    })
    .nullable(),
});

/** Lines of a person's credit account, newest first, older than entry `beforeId`. */
export function listEntries(
  db: Db,
  step: { userId: string; limit: number; beforeId: number | null; kinds: readonly string[] | null },
) {
  const beforeId = step.beforeId ?? Number.MAX_SAFE_INTEGER;
  const kinds = step.kinds && JSON.stringify(step.kinds);
  return callStep(
    db,
    z.array(EntryRow),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'id', e.id, 'kind', t.kind, 'amount', e.amount, 'balanceAfter', e.balance_after,
        'generationId', t.generation_id, 'reason', t.reason, 'createdAt', t.created_at,
        'sentence', case when t.kind in ('grant', 'refund', 'adjust') and t.actor like 'operator:%' then t.reason end,
        'task', case when g.id is not null then jsonb_build_object(
          'prompt', g.prompt, 'model', g.model, 'state', g.state, 'outputCount', g.output_count,
          'capturedAmount', g.captured_amount, 'imageId', (
            select a.id from assets a
             where a.generation_id = g.id and a.deleted_at is null order by a.position limit 1)) end) order by e.id desc), '[]') as result
      from (
        select e.* from ledger_entries e
          join ledger_transactions k on k.id = e.transaction_id
         where e.account_id = (
                 select id from ledger_accounts
                  where user_id = ${step.userId} and kind = 'available' and unit = 'credit' and period = '')
           and e.id < ${beforeId}
           and (${kinds}::jsonb is null or ${kinds}::jsonb ? k.kind)
         order by e.id desc limit ${step.limit}
      ) e
      join ledger_transactions t on t.id = e.transaction_id
      left join generations g on g.id = t.generation_id`,
  );
}

const UsageRow = z.object({
  at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  credits: z.number(),
});

/**
 * What a person's pictures cost in the end, by the quarter of an hour in which they were asked for: every time zone's days are
 * made of whole ones. Those that were deleted since were paid for, too. A row's last change is never before its beginning, and
 * has the index that also knows the deleted.
 */
export function listUsage(db: Db, step: { userId: string; since: Date }) {
  const since = step.since.toISOString();
  return callStep(
    db,
    z.array(UsageRow),
    (sql) => sql`select coalesce(jsonb_agg(to_jsonb(u) order by u.at), '[]') as result from (
        select date_bin('15 minutes', created_at, 'epoch') as at, sum(captured_amount - refunded_amount)::integer as credits
          from generations
         where user_id = ${step.userId} and changed_at >= ${since}::timestamptz and created_at >= ${since}::timestamptz
           and unit = 'credit' and captured_amount > refunded_amount
         group by 1) u`,
  );
}

/** A person redeems a code; the rate token of the guess is taken in the same call. */
export function redeemCode(
  db: Db,
  step: {
    userId: string;
    /** SHA-256 of the plain code. */
    codeHash: Buffer;
    signupCredits: number;
    rate: { count: number; seconds: number };
  },
) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("redeemed"), granted: z.number(), available: z.number() }),
      /** `granted` is what it gave this person the first time. */
      z.object({ outcome: z.literal("already"), granted: z.number(), available: z.number() }),
      z.object({ outcome: z.literal("invalid") }),
      z.object({ outcome: z.literal("rate_limited"), retryAfterSeconds: z.number() }),
    ]),
    (sql) => sql`select redeem_code(
      ${step.userId}, ${step.codeHash}, ${step.signupCredits}, ${step.rate.count}, ${step.rate.seconds}) as result`,
  );
}

/** Sweeps what is left in free buckets of months that are over. */
export function expireBuckets(db: Db, limit: number) {
  return callStep(
    db,
    z.object({ outcome: z.literal("expired"), count: z.number() }),
    (sql) => sql`select expire_buckets(${limit}) as result`,
  );
}
