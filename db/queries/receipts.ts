import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { AccountKind, MovementKind } from "./entries";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

const instant = TaskRow.shape.createdAt;

const ReceiptRow = z.object({
  task: TaskRow,
  unitPrice: z.number(),
  storedCount: z.number(),
  events: z.array(z.object({ state: TaskRow.shape.state, cause: z.string(), at: instant })),
  attempts: z.array(
    z.object({
      number: z.number(),
      predictionId: z.string().nullable(),
      gatewayLogId: z.string().nullable(),
      sentAt: instant,
      answeredAt: instant.nullable(),
      providerMs: z.number().nullable(),
    }),
  ),
  movements: z.array(
    z.object({
      id: z.string(),
      kind: MovementKind,
      actor: z.string(),
      createdAt: instant,
      lines: z.array(
        z.object({
          account: AccountKind,
          amount: z.number(),
          balanceAfter: z.number().nullable(),
        }),
      ),
    }),
  ),
});
export type ReceiptRow = z.infer<typeof ReceiptRow>;

/**
 * Everything that was written down of one generation's money, at one snapshot. `userId` null: whoever's it is. Null when
 * there is none. What lies in the bin keeps its receipt.
 */
export function readReceipt(db: Db, step: { generationId: string; userId: string | null }) {
  return callStep(
    db,
    ReceiptRow.nullish(),
    (sql) => sql`select jsonb_build_object(
        'task', task_json(g), 'unitPrice', g.unit_price,
        'storedCount', (select count(*) from assets a where a.generation_id = g.id),
        'events', (
          select coalesce(jsonb_agg(jsonb_build_object('state', e.to_state, 'cause', e.cause, 'at', e.created_at)
                                    order by e.version), '[]')
            from generation_events e where e.generation_id = g.id),
        'attempts', (
          select coalesce(jsonb_agg(jsonb_build_object(
                   'number', t.number, 'predictionId', t.prediction_id, 'gatewayLogId', t.gateway_log_id,
                   'sentAt', t.sent_at, 'answeredAt', t.answered_at,
                   'providerMs', t.provider_ms) order by t.number), '[]')
            from attempts t where t.generation_id = g.id),
        'movements', (
          select coalesce(jsonb_agg(jsonb_build_object(
                   'id', m.id, 'kind', m.kind, 'actor', m.actor, 'createdAt', m.created_at, 'lines', (
                     select jsonb_agg(jsonb_build_object(
                              'account', a.kind, 'amount', l.amount, 'balanceAfter', l.balance_after) order by l.id)
                       from ledger_entries l join ledger_accounts a on a.id = l.account_id
                      where l.transaction_id = m.id)) order by m.created_at, m.kind = 'refund'), '[]')
            from ledger_transactions m where m.generation_id = g.id)) as result
      from generations g
     where g.id = ${step.generationId} and (${step.userId}::text is null or g.user_id = ${step.userId})`,
  );
}
