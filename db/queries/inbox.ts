import "server-only";
import type postgres from "postgres";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

/** A filter looks at so many deliveries at most; its next page goes on from there. */
const ROWS_MAX = 2_000;

/** What came of a delivery, as `apply_prediction` says; `dead` of one that was given up. */
const OUTCOMES = {
  applied: ["running", "store", "settled"],
  ignored: ["already", "late", "extra", "mismatch", "not_ours"],
  dead: ["dead"],
} as const;

export type InboxState = "waiting" | keyof typeof OUTCOMES;

export const DeliveryOutcome = z.enum([...OUTCOMES.applied, ...OUTCOMES.ignored, ...OUTCOMES.dead]);

const DeliveryLine = z.object({
  webhookId: z.string(),
  receivedAt: z.coerce.date(),
  /** Until it was applied, left aside or given up; until now while it waits. */
  lagSeconds: z.number(),
  tries: z.number(),
  outcome: DeliveryOutcome.nullable(),
  /** What it said: our own shape of the sender's body, without addresses, one of which holds the token. */
  prediction: z.object({
    id: z.string(),
    status: z.string(),
    reason: z.string().nullish(),
    detail: z.string().nullish(),
    seed: z.number().nullish(),
    createdAt: z.string().nullish(),
    outputCount: z.number(),
  }),
  /** The generation that it is about; `isAddressed` when its address leads there, as a replay goes by that. */
  task: z
    .object({ generationId: z.string(), state: TaskRow.shape.state, isAddressed: z.boolean() })
    .nullable(),
});

function whereState(sql: postgres.Sql, state: InboxState | null): postgres.Fragment {
  switch (state) {
    case null:
      return sql`true`;
    case "waiting":
      return sql`processed_at is null`;
    default:
      return sql`outcome in (select jsonb_array_elements_text(${JSON.stringify(OUTCOMES[state])}::jsonb))`;
  }
}

/**
 * Recorded webhooks, newest first, with where the next page begins. What waits is found by its own index, and what came to the addresses
 * of one task's attempts by theirs.
 */
export function listDeliveries(
  db: Db,
  step: { state: InboxState | null; generationId: string | null; before: string | null; limit: number },
) {
  return callStep(
    db,
    z.object({ deliveries: z.array(DeliveryLine), nextBefore: z.string().nullable() }),
    (sql) => sql`
      with addressed as materialized (
        select d.* from attempts a join webhook_deliveries d on d.token_hash = a.token_hash
         where a.generation_id = ${step.generationId}
      ), looked as materialized (
        select * from ${step.generationId === null ? sql`webhook_deliveries` : sql`addressed`}
         where (${step.before}::text is null or (received_at, webhook_id) < (
                 select received_at, webhook_id from webhook_deliveries
                  where provider = 'replicate' and webhook_id = ${step.before}))
           and ${step.state === "waiting" ? sql`processed_at is null` : sql`true`}
         order by received_at desc, webhook_id desc limit ${ROWS_MAX}
      ), shown as materialized (
        select * from looked where ${whereState(sql, step.state)}
         order by received_at desc, webhook_id desc limit ${step.limit}
      )
      select jsonb_build_object(
        'deliveries', (select coalesce(jsonb_agg(jsonb_build_object(
            'webhookId', s.webhook_id, 'receivedAt', s.received_at,
            'lagSeconds', extract(epoch from coalesce(s.processed_at, now()) - s.received_at), 'tries', s.tries, 'outcome', s.outcome,
            'prediction', (s.prediction - 'webhook' - 'outputs' - 'promptHash' - 'keyId') || jsonb_build_object(
              'outputCount', coalesce(jsonb_array_length(s.prediction -> 'outputs'), 0)),
            'task', task.line) order by s.received_at desc, s.webhook_id desc), '[]')
          from shown s left join lateral (
            select jsonb_build_object('generationId', a.generation_id, 'state', g.state,
                                      'isAddressed', coalesce(a.token_hash = s.token_hash, false)) as line
              from attempts a join generations g on g.id = a.generation_id
             where a.token_hash = s.token_hash or a.prediction_id = s.prediction ->> 'id'
             order by coalesce(a.token_hash = s.token_hash, false) desc limit 1) task on true),
        'nextBefore', case
          when (select count(*) from shown) = ${step.limit} then
            (select webhook_id from shown order by received_at, webhook_id limit 1)
          when (select count(*) from looked) = ${ROWS_MAX} then
            (select webhook_id from looked order by received_at, webhook_id limit 1) end) as result`,
  );
}
