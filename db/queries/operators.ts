import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { DeliveryOutcome } from "./inbox";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

const instant = z.coerce.date();
const Count = z.number();

/** A filter looks at so many rows of the primary key at most; its next page goes on from there. */
const LIST_ROWS_MAX = 2_000;
/** So does a search for people: its rows are short, and somebody is looked for by name more often than by the year. */
const PEOPLE_ROWS_MAX = 20_000;
/** Comes after every id of a person or a generation: ours begin with `usr_` and `gen_`. */
const LAST_ID = "zzzz";

const TaskLine = z.object({
  id: z.string(),
  state: TaskRow.shape.state,
  model: z.string(),
  reason: z.string().nullable(),
  createdAt: instant,
  seconds: z.number().nullable(),
});

/** What a list of everybody's generations is of; null is all. */
export type GenerationFilter = {
  state: string | null;
  model: string | null;
  /** Why it failed; `blocked_before` of the blocked ones that never got as far as the model. */
  reason: string | null;
  /** The id that a window of time begins with. */
  floorId: string | null;
};

/** Generations of everybody, newest first, with where the next page begins. No words of people: a list needs none. */
export function listGenerations(db: Db, step: GenerationFilter & { before: string | null; limit: number }) {
  const { state, model, reason } = step;
  return callStep(
    db,
    z.object({ tasks: z.array(TaskLine), nextBefore: z.string().nullable() }),
    (sql) => sql`
      with looked as materialized (
        select * from generations
         where id < ${step.before ?? LAST_ID} and id >= ${step.floorId ?? ""} order by id desc limit ${LIST_ROWS_MAX}
      ), shown as materialized (
        select * from looked l
         where (${state}::text is null or state = ${state}) and (${model}::text is null or model = ${model})
           and (${reason}::text is null or failure_reason = ${reason}
                or (${reason} = 'blocked_before' and failure_reason = 'content_blocked'
                    and (select count(a.prediction_id) from attempts a where a.generation_id = l.id) = 0))
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

/** So many webhooks of one generation are told. */
const TRACES_MAX = 50;

/** What came by webhook to the addresses of a generation's attempts, and what was fetched and stored of it. */
export function readTraces(db: Db, generationId: string) {
  return callStep(
    db,
    z.object({
      webhooks: z.array(
        z.object({
          id: z.string(),
          status: z.string(),
          outcome: DeliveryOutcome.nullable(),
          receivedAt: TaskRow.shape.createdAt,
          processedAt: TaskRow.shape.createdAt.nullable(),
        }),
      ),
      pictures: z.array(
        z.object({
          position: Count,
          sizeBytes: Count,
          contentType: z.string(),
          widthPixels: Count,
          heightPixels: Count,
          createdAt: TaskRow.shape.createdAt,
          /** Its file is gone since. */
          isPurged: z.boolean(),
        }),
      ),
    }),
    (sql) => sql`select jsonb_build_object(
        'webhooks', (select coalesce(jsonb_agg(jsonb_build_object(
            'id', webhook_id, 'status', prediction ->> 'status', 'outcome', outcome, 'receivedAt', received_at,
            'processedAt', processed_at) order by received_at, webhook_id), '[]')
          from (select d.* from attempts a join webhook_deliveries d on d.token_hash = a.token_hash
                 where a.generation_id = ${generationId} order by d.received_at limit ${TRACES_MAX}) d),
        'pictures', (select coalesce(jsonb_agg(jsonb_build_object(
            'position', position, 'sizeBytes', size_bytes, 'contentType', content_type, 'widthPixels', width_pixels,
            'heightPixels', height_pixels, 'createdAt', created_at, 'isPurged', purged_at is not null)
            order by position), '[]')
          from assets where generation_id = ${generationId})) as result`,
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
  emailVerified: z.boolean(),
  /** What somebody was made; ADMIN_EMAILS makes operators besides. */
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
            'id', id, 'name', name, 'email', email, 'emailVerified', email_verified, 'role', role,
            'createdAt', created_at, 'leavesAt', deletion_due_at,
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
        'id', id, 'name', name, 'email', email, 'emailVerified', email_verified, 'role', role,
        'createdAt', created_at, 'leavesAt', deletion_due_at,
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
