import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

const instant = z.coerce.date();
const Count = z.number();

const Target = z.object({
  hours: Count,
  accepted: Count,
  succeeded: Count,
  failed: Count,
  blocked: Count,
  canceled: Count,
  heardByWebhook: Count,
  medianSeconds: z.number().nullable(),
  slowSeconds: z.number().nullable(),
});

/** So many of the newest generations are counted at most, however long the window is. */
const TARGET_ROWS_MAX = 20_000;
/** A filter looks at so many rows of the primary key at most; its next page goes on from there. */
const LIST_ROWS_MAX = 2_000;
/** So does a search for people: its rows are short, and somebody is looked for by name more often than by the year. */
const PEOPLE_ROWS_MAX = 20_000;
/** Comes after every id of a person: ours begin with `usr_`. */
const LAST_ID = "zzzz";

/**
 * What became of the generations of the last hour, day and week. `floors` are the ids that those windows begin with, so
 * that each is a range of the primary key.
 */
export function readTargets(db: Db, floors: { hours: number; id: string }[]) {
  const oldest = floors.map(({ id }) => id).toSorted()[0] ?? "";
  return callStep(
    db,
    z.array(Target),
    (sql) => sql`
      with newest as materialized (
        select id, state, failure_reason, extract(epoch from terminal_at - created_at) as seconds
          from generations where id >= ${oldest} order by id desc limit ${TARGET_ROWS_MAX}
      ), ended as materialized (
        select n.*,
               exists (select from attempts a where a.generation_id = n.id and a.state = 'accepted') as is_accepted,
               exists (select from generation_events e
                        where e.generation_id = n.id and e.cause = 'webhook'
                          and e.to_state in ('storing', 'failed', 'canceled')) as is_heard
          from newest n where n.state in ('succeeded', 'failed', 'canceled')
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
               count(*) filter (where is_accepted and is_heard) as "heardByWebhook",
               percentile_cont(0.5) within group (order by seconds) filter (where state = 'succeeded')
                 as "medianSeconds",
               percentile_cont(0.95) within group (order by seconds) filter (where state = 'succeeded')
                 as "slowSeconds"
          from ended where ended.id >= w.id) counted`,
  );
}

const TaskLine = z.object({
  id: z.string(),
  state: TaskRow.shape.state,
  model: z.string(),
  reason: z.string().nullable(),
  createdAt: instant,
  seconds: z.number().nullable(),
});

/** Generations of everybody, newest first, with where the next page begins. No words of people: a list needs none. */
export function listGenerations(
  db: Db,
  step: { before: string | null; state: string | null; limit: number },
) {
  return callStep(
    db,
    z.object({ tasks: z.array(TaskLine), nextBefore: z.string().nullable() }),
    (sql) => sql`
      with looked as materialized (
        select * from generations where ${step.before}::text is null or id < ${step.before}
         order by id desc limit ${LIST_ROWS_MAX}
      ), shown as materialized (
        select * from looked
         where (${step.state}::text is null or state = ${step.state})
         order by id desc limit ${step.limit}
      )
      select jsonb_build_object(
        'tasks', (select coalesce(jsonb_agg(jsonb_build_object(
            'id', id, 'state', state, 'model', model, 'reason', failure_reason, 'createdAt', created_at,
            'seconds', extract(epoch from terminal_at - created_at)) order by id desc), '[]') from shown),
        'nextBefore', case
          when (select count(*) from shown) = ${step.limit} then (select min(id) from shown)
          when (select count(*) from looked) = ${LIST_ROWS_MAX} then (select min(id) from looked) end) as result`,
  );
}

/** What only operators read of a generation, beside its receipt. */
export function readInternals(db: Db, generationId: string) {
  return callStep(
    db,
    z
      .object({
        userId: z.string(),
        /** Whether its person is still here: what they were charged for outlives them. */
        hasAccount: z.boolean(),
        state: TaskRow.shape.state,
        upstreamModel: z.string(),
        detail: z.string().nullable(),
        tries: Count,
        dueAt: instant.nullable(),
        attempts: z.array(z.object({ number: Count, state: z.string(), detail: z.string().nullable() })),
      })
      .nullish(),
    (sql) => sql`select jsonb_build_object(
        'userId', user_id, 'hasAccount', exists (select from users u where u.id = g.user_id), 'state', state,
        'upstreamModel', upstream_model, 'detail', failure_detail, 'tries', tries, 'dueAt', due_at, 'attempts', (
          select coalesce(jsonb_agg(jsonb_build_object('number', number, 'state', a.state, 'detail', detail)
                                    order by number), '[]')
            from attempts a where a.generation_id = g.id)) as result
      from generations g where id = ${generationId}`,
  );
}

/**
 * The newest generations of a person that they have not deleted: the index that has them in order leaves those out.
 */
export function listGenerationsOf(db: Db, step: { userId: string; limit: number }) {
  return callStep(
    db,
    z.array(TaskLine),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'id', id, 'state', state, 'model', model, 'reason', failure_reason, 'createdAt', created_at,
        'seconds', extract(epoch from terminal_at - created_at)) order by created_at desc, id desc), '[]') as result
      from (select * from generations where user_id = ${step.userId} and deleted_at is null
             order by created_at desc, id desc limit ${step.limit}) g`,
  );
}

const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(["user", "operator"]),
  createdAt: instant,
  /** When the account is erased, if that was asked for. */
  leavesAt: instant.nullable(),
});

/**
 * People, newest first, with where the next page begins; with `words`, those whose e-mail address, name or id begins with
 * them. Whose address or id they are exactly stands first on the first page, however long ago they came: an index knows.
 * Tasks are counted in an index's order: without one, somebody without a task costs a pass over everybody's.
 */
export function listPeople(
  db: Db,
  step: { words: string | null; before: string | null; limit: number; tasksMax: number },
) {
  const { words } = step;
  return callStep(
    db,
    z.object({
      people: z.array(Person.extend({ available: Count, held: Count, tasks: Count })),
      nextBefore: z.string().nullable(),
    }),
    (sql) => sql`
      with named as materialized (
        select * from users where ${step.before}::text is null and (id = ${words} or email = lower(${words}))
      ), looked as materialized (
        select * from users where id < ${step.before ?? LAST_ID}
         order by id desc limit ${words === null ? step.limit : PEOPLE_ROWS_MAX}
      ), found as materialized (
        select * from looked
         where ${words}::text is null
            or (id <> ${words} and email <> lower(${words})
                and (starts_with(email, lower(${words})) or starts_with(lower(name), lower(${words}))
                     or starts_with(id, ${words})))
         order by id desc limit ${step.limit}
      )
      select jsonb_build_object(
        'people', (select coalesce(jsonb_agg(jsonb_build_object(
            'id', id, 'name', name, 'email', email, 'role', role, 'createdAt', created_at, 'leavesAt', deletion_due_at,
            'available', coalesce((select balance from ledger_accounts a
              where a.user_id = p.id and kind = 'available' and unit = 'credit' and period = ''), 0),
            'held', coalesce((select balance from ledger_accounts a
              where a.user_id = p.id and kind = 'held' and unit = 'credit' and period = ''), 0),
            'tasks', (select count(*) from (
              select from generations g where g.user_id = p.id order by changed_at limit ${step.tasksMax}) counted)
            ) order by place, id desc), '[]')
          from (select 1 as place, * from named union all select 2, * from found) p),
        'nextBefore', case
          when (select count(*) from found) = ${step.limit} then (select min(id) from found)
          when (select count(*) from looked) = ${PEOPLE_ROWS_MAX} then (select min(id) from looked) end) as result`,
  );
}

/** Who somebody is, and when one of their sessions was last begun or prolonged; null when there is no such person. */
export function findPerson(db: Db, userId: string) {
  return callStep(
    db,
    Person.extend({ seenAt: instant.nullable() }).nullish(),
    (sql) => sql`select jsonb_build_object(
        'id', id, 'name', name, 'email', email, 'role', role, 'createdAt', created_at, 'leavesAt', deletion_due_at,
        'seenAt', (select max(updated_at) from sessions s where s.user_id = u.id)) as result
      from users u where id = ${userId}`,
  );
}

/** What operators did, newest first. */
export function listAudit(db: Db, step: { before: number | null; limit: number }) {
  return callStep(
    db,
    z.array(
      z.object({
        id: Count,
        actor: z.string(),
        action: z.string(),
        subject: z.string(),
        reason: z.string(),
        createdAt: instant,
      }),
    ),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'id', id, 'actor', actor, 'action', action, 'subject', subject, 'reason', reason, 'createdAt', created_at)
        order by id desc), '[]') as result
      from (select * from audit_entries where ${step.before}::bigint is null or id < ${step.before}
             order by id desc limit ${step.limit}) a`,
  );
}
