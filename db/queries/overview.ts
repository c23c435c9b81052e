import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

/** So many of the newest rows are looked at at most, however long a window is. */
const ROWS_MAX = 20_000;
/** For the submits of an hour: more than all instances together send to the provider in one. */
const PACE_ROWS_MAX = 30_000;

const Count = z.number();
const Seconds = z.number().nullable();

/** A window of so many hours, and the id that it begins with: ids are in the order of time, so it is a range of the primary key. */
export type Floor = { hours: number; id: string };

const oldestOf = (floors: readonly { id: string }[]) => floors.map(({ id }) => id).toSorted()[0] ?? "";

const Target = z.object({
  hours: Count,
  accepted: Count,
  succeeded: Count,
  failed: Count,
  blocked: Count,
  canceled: Count,
  /** How many failed for each reason, the blocked among them; `blocked_before` of what was stopped on the way to the model. */
  reasons: z.record(z.string(), Count),
  heardByWebhook: Count,
  medianSeconds: Seconds,
  slowSeconds: Seconds,
});

/**
 * What became of the generations of the last hour, day and week. Slow is the 90th percentile, as wherever people read of it. What hangs on a
 * generation is counted, not asked for: for an `exists` the planner may read all of the other table.
 */
export function readTargets(db: Db, floors: readonly Floor[]) {
  return callStep(
    db,
    z.array(Target),
    (sql) => sql`
      with newest as materialized (
        select id, state, failure_reason, extract(epoch from terminal_at - created_at) as seconds
          from generations where id >= ${oldestOf(floors)} order by id desc limit ${ROWS_MAX}
      ), ended as materialized (
        select n.*, sent.accepted > 0 as is_accepted, heard.count > 0 as is_heard,
               case when failure_reason = 'content_blocked' and sent.predictions = 0
                    then 'blocked_before' else failure_reason end as class
          from newest n
         cross join lateral (
          select count(*) filter (where a.state = 'accepted') as accepted, count(a.prediction_id) as predictions
            from attempts a where a.generation_id = n.id) sent
         cross join lateral (
          select count(*) from generation_events e
           where e.generation_id = n.id and e.cause = 'webhook'
             and e.to_state in ('storing', 'failed', 'canceled')) heard
         where n.state in ('succeeded', 'failed', 'canceled')
      )
      select jsonb_agg(counted order by counted.hours) as result
        from jsonb_to_recordset(${JSON.stringify(floors)}::jsonb) as w (hours integer, id text)
       cross join lateral (
        select w.hours,
               count(*) filter (where is_accepted) as accepted,
               count(*) filter (where state = 'succeeded') as succeeded,
               count(*) filter (where state = 'failed' and failure_reason <> 'content_blocked') as failed,
               count(*) filter (where failure_reason = 'content_blocked') as blocked,
               count(*) filter (where state = 'canceled') as canceled,
               (select coalesce(jsonb_object_agg(class, count), '{}')
                  from (select class, count(*) as count from ended e
                         where e.id >= w.id and e.state = 'failed' group by class) c) as reasons,
               count(*) filter (where is_accepted and is_heard) as "heardByWebhook",
               percentile_cont(0.5) within group (order by seconds) filter (where state = 'succeeded')
                 as "medianSeconds",
               percentile_cont(0.9) within group (order by seconds) filter (where state = 'succeeded')
                 as "slowSeconds"
          from ended where ended.id >= w.id) counted`,
  );
}

/** How many were asked for in the last minutes, so many, and what has been under way the longest: of what lives an index knows. */
export function readPace(db: Db, floors: readonly { minutes: number; id: string }[]) {
  return callStep(
    db,
    z.object({
      submits: z.array(z.object({ minutes: Count, count: Count })),
      oldest: z.object({ id: z.string(), state: TaskRow.shape.state, seconds: z.number() }).nullable(),
    }),
    (sql) => sql`
      with newest as materialized (
        select id from generations where id >= ${oldestOf(floors)} order by id desc limit ${PACE_ROWS_MAX}
      ), live as materialized (
        select id, state, created_at from generations where terminal_at is null
      )
      select jsonb_build_object(
        'submits', (select jsonb_agg(jsonb_build_object(
            'minutes', w.minutes, 'count', (select count(*) from newest n where n.id >= w.id)) order by w.minutes)
          from jsonb_to_recordset(${JSON.stringify(floors)}::jsonb) as w (minutes integer, id text)),
        'oldest', (select jsonb_build_object('id', id, 'state', state, 'seconds', extract(epoch from now() - created_at))
          from live order by created_at, id limit 1)) as result`,
  );
}

const ModelChange = z.object({
  model: z.string(),
  count: Count,
  usualSeconds: Seconds,
  slowSeconds: Seconds,
  countBefore: Count,
  usualSecondsBefore: Seconds,
  slowSecondsBefore: Seconds,
});

/** Each model's times from submit to picture since one id, beside those of the time before it back to another. */
export function listModelChanges(db: Db, step: { sinceId: string; beforeId: string }) {
  return callStep(
    db,
    z.array(ModelChange),
    (sql) => sql`
      with lately as materialized (
        select * from generations where id >= ${step.sinceId} order by id desc limit ${ROWS_MAX}
      ), earlier as materialized (
        select * from generations where id >= ${step.beforeId} and id < ${step.sinceId}
         order by id desc limit ${ROWS_MAX}
      ), made as (
        select g.model, is_late, extract(epoch from g.terminal_at - g.created_at) as seconds
          from (select true as is_late, * from lately union all select false, * from earlier) g
         where g.state = 'succeeded'
      )
      select coalesce(jsonb_agg(to_jsonb(m) order by m.model), '[]') as result from (
        select model,
               count(*) filter (where is_late) as count,
               percentile_cont(0.5) within group (order by seconds) filter (where is_late) as "usualSeconds",
               percentile_cont(0.9) within group (order by seconds) filter (where is_late) as "slowSeconds",
               count(*) filter (where not is_late) as "countBefore",
               percentile_cont(0.5) within group (order by seconds) filter (where not is_late) as "usualSecondsBefore",
               percentile_cont(0.9) within group (order by seconds) filter (where not is_late) as "slowSecondsBefore"
          from made group by model) m`,
  );
}

/** How long the webhooks of the last hours, so many, lay in the inbox until they were applied or left aside. */
export function readWebhookLag(db: Db, windowHours: readonly number[]) {
  return callStep(
    db,
    z.array(z.object({ hours: Count, usualSeconds: Seconds, slowSeconds: Seconds })),
    (sql) => sql`
      with newest as materialized (
        select received_at, outcome, extract(epoch from processed_at - received_at) as seconds
          from webhook_deliveries
         where received_at > now() - ${Math.max(...windowHours)}::integer * interval '1 hour'
         order by received_at desc, webhook_id desc limit ${ROWS_MAX}
      )
      select jsonb_agg(lag order by lag.hours) as result
        from jsonb_array_elements_text(${JSON.stringify(windowHours)}::jsonb) as w (hours)
       cross join lateral (
        select w.hours::integer as hours,
               percentile_cont(0.5) within group (order by seconds) as "usualSeconds",
               percentile_cont(0.9) within group (order by seconds) as "slowSeconds"
          from newest
         where outcome <> 'dead' and received_at > now() - w.hours::integer * interval '1 hour') lag`,
  );
}

/** How many pictures came into storage in each window, and their bytes. `floors` are ids of pictures. */
export function readStorageGrowth(db: Db, floors: readonly Floor[]) {
  return callStep(
    db,
    z.array(
      z.object({
        hours: Count,
        count: Count,
        bytes: Count,
        /** Whether the window has more than was looked at. */
        isPartial: z.boolean(),
      }),
    ),
    (sql) => sql`
      with newest as materialized (
        select id, size_bytes from assets where id >= ${oldestOf(floors)} order by id desc limit ${ROWS_MAX}
      )
      select jsonb_agg(grown order by grown.hours) as result
        from jsonb_to_recordset(${JSON.stringify(floors)}::jsonb) as w (hours integer, id text)
       cross join lateral (
        select w.hours, count(*) as count, coalesce(sum(size_bytes), 0) as bytes, count(*) = ${ROWS_MAX} as "isPartial"
          from newest where newest.id >= w.id) grown`,
  );
}

/**
 * How many free pictures were taken since an id, by how many people, and how many of them have none left of so many a month. What is
 * held counts, what came back does not.
 */
export function readFreeUse(db: Db, step: { sinceId: string; monthlyLimit: number }) {
  return callStep(
    db,
    z.object({ pictures: Count, people: Count, exhausted: Count, isPartial: z.boolean() }),
    (sql) => sql`
      with month as materialized (
        select user_id, unit, coalesce(captured_amount - refunded_amount, held_amount) as taken
          from generations where id >= ${step.sinceId} order by id desc limit ${ROWS_MAX}
      ), used as (
        select user_id, sum(taken) as taken from month where unit = 'picture' group by user_id having sum(taken) > 0
      )
      select jsonb_build_object(
        'pictures', (select coalesce(sum(taken), 0) from used), 'people', (select count(*) from used),
        'exhausted', (select count(*) from used where taken >= ${step.monthlyLimit}),
        'isPartial', (select count(*) from month) = ${ROWS_MAX}) as result`,
  );
}
