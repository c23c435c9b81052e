import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { GenerationState } from "./generations";
import { callStep } from "./step";

/** ISO with all of the database's microseconds: cursors and the event stream would lose rows by milliseconds. */
const instant = z.iso.datetime({ offset: true }).transform((text) => text.replace(/\+00:00$/, "Z"));

const AppealRow = z.object({
  state: z.enum(["open", "kept", "allowed"]),
  reason: z.string().nullable(),
  createdAt: instant,
  decidedAt: instant.nullable(),
});

/** A generation as its owner may see it: what task_json() lets out of the database. */
export const TaskRow = z.object({
  id: z.string(),
  state: GenerationState,
  upstreamStatus: z.string().nullable(),
  version: z.number(),
  model: z.string(),
  prompt: z.string(),
  executedPrompt: z.string().nullable(),
  /** Whether it was settled, at submit or by a translation, what is sent. */
  isPromptSettled: z.boolean(),
  promptChange: z.enum(["none", "translated", "improved", "edited"]),
  aspectRatio: z.string(),
  widthPixels: z.number(),
  heightPixels: z.number(),
  outputFormat: z.string(),
  outputCount: z.number(),
  seed: z.number(),
  /** As sent upstream. */
  loraWeights: z.string().nullable(),
  loraScale: z.number().nullable(),
  inputImageUrl: z.string().nullable(),
  referenceId: z.string().nullable(),
  audience: z.enum(["private", "link", "public"]),
  unit: z.enum(["credit", "picture"]),
  heldAmount: z.number(),
  capturedAmount: z.number().nullable(),
  refundedAmount: z.number(),
  failureReason: z.string().nullable(),
  refusedField: z.string().nullable(),
  /** Whether it got as far as the model. */
  wasSent: z.boolean(),
  appeal: AppealRow.nullable(),
  isCancelRequested: z.boolean(),
  isCanceledByOperator: z.boolean(),
  deadlineAt: instant,
  createdAt: instant,
  changedAt: instant,
  terminalAt: instant.nullable(),
  lateAt: instant.nullable(),
  isDeleted: z.boolean(),
  images: z.array(
    z.object({
      id: z.string(),
      width: z.number(),
      height: z.number(),
      preview: z.string().nullable(),
      audience: z.enum(["private", "link", "public"]),
      shareId: z.string(),
      shareExpiresAt: instant.nullable(),
      showsPrompt: z.boolean(),
      reviewState: z.enum(["pending", "approved", "rejected"]).nullable(),
      reviewReason: z.string().nullable(),
      appeal: AppealRow.nullable(),
      isFavourite: z.boolean(),
    }),
  ),
  deletedImageCount: z.number(),
});
export type TaskRow = z.infer<typeof TaskRow>;

export type RateAllowance = { key: string; count: number; seconds: number };

/** One task of the caller; the rate token of the read is taken in the same call. */
export function readTask(db: Db, step: { userId: string; generationId: string; rate: RateAllowance }) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.literal("found"), task: TaskRow }),
      z.object({ outcome: z.literal("not_found") }),
      z.object({ outcome: z.literal("rate_limited"), retryAfterSeconds: z.number() }),
    ]),
    (sql) => sql`select read_task(
      ${step.userId}, ${step.generationId}, ${step.rate.key}, ${step.rate.count}, ${step.rate.seconds}) as result`,
  );
}

/** One task of a person, outside any request. Null when it is not theirs. */
export function findTask(db: Db, step: { userId: string; generationId: string }) {
  return callStep(
    db,
    TaskRow.nullish(),
    (sql) => sql`select task_json(g) as result from generations g
      where g.id = ${step.generationId} and g.user_id = ${step.userId} and g.deleted_at is null`,
  );
}

/** The task of a person that a picture belongs to. Null when the picture is not theirs. */
export function findTaskOfImage(db: Db, step: { userId: string; imageId: string }) {
  return callStep(
    db,
    TaskRow.nullish(),
    (sql) => sql`select task_json(g) as result from assets a join generations g on g.id = a.generation_id
      where a.id = ${step.imageId} and g.user_id = ${step.userId} and a.deleted_at is null`,
  );
}

/** A person's tasks, newest first, from after a cursor on. */
export function listTasks(
  db: Db,
  step: { userId: string; limit: number; after: { createdAt: string; id: string } | null },
) {
  const createdAt = step.after?.createdAt ?? "infinity";
  const id = step.after?.id ?? "";
  return callStep(
    db,
    z.array(TaskRow),
    (
      sql,
    ) => sql`select coalesce(jsonb_agg(task_json(g) order by g.created_at desc, g.id desc), '[]') as result
      from (
        select * from generations
         where user_id = ${step.userId} and deleted_at is null
           and (created_at, id) < (${createdAt}::timestamptz, ${id})
         order by created_at desc, id desc limit ${step.limit}
      ) g`,
  );
}

const ChangedTasks = z.object({
  /** Where to go on reading: by the database's clock, as this machine's may be another. */
  resumeAt: instant,
  changes: z.array(z.object({ userId: z.string(), task: TaskRow })),
});

/** A change is stamped when its transaction starts and seen when it commits: what is read overlaps by so much. */
const OVERLAP = "6 seconds";

/** Tasks of these people that changed after an instant (null: a moment ago), oldest change first. */
export function listChangedTasks(db: Db, step: { userIds: string[]; since: string | null; limit: number }) {
  const userIds = JSON.stringify(step.userIds);
  return callStep(
    db,
    ChangedTasks,
    (sql) => sql`select jsonb_build_object(
        'resumeAt', now() - ${OVERLAP}::interval,
        'changes', coalesce(jsonb_agg(
          jsonb_build_object('userId', g.user_id, 'task', task_json(g)) order by g.changed_at), '[]')) as result
      from (
        select g.* from jsonb_array_elements_text(${userIds}::jsonb) person
          join generations g on g.user_id = person
           and g.changed_at > coalesce(${step.since}::timestamptz, now() - ${OVERLAP}::interval)
         order by g.changed_at limit ${step.limit}
      ) g`,
  );
}
