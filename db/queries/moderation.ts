import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const Picture = z.object({
  id: z.string(),
  width: z.number(),
  height: z.number(),
  preview: z.string().nullable(),
});

const PendingPicture = Picture.extend({
  model: z.string(),
  /** As its viewers read it; null when they do not. */
  prompt: z.string().nullable(),
  createdAt: z.coerce.date(),
});

const OpenAppeal = z.object({
  subjectId: z.string(),
  generationId: z.string(),
  /** The picture that was turned down; null for what brought none. */
  picture: Picture.nullable(),
  /** Whether a blocked one got as far as the model. */
  wasSent: z.boolean(),
  reviewReason: z.string().nullable(),
  model: z.string(),
  prompt: z.string(),
  executedPrompt: z.string().nullable(),
  note: z.string(),
  createdAt: z.coerce.date(),
});

/** Public pictures that wait for a review, longest first; those of one task in their order, whichever was stored first. */
export function listPendingPictures(db: Db, limit: number) {
  return callStep(
    db,
    z.array(PendingPicture),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'id', a.id, 'width', a.width_pixels, 'height', a.height_pixels, 'preview', a.preview, 'model', g.model,
        'prompt', case when a.shows_prompt then g.prompt end, 'createdAt', a.created_at)
        order by g.created_at, g.id, a.position), '[]') as result
      from (
        select * from assets where audience = 'public' and review_state = 'pending' and deleted_at is null
         order by created_at, id limit ${limit}
      ) a join generations g on g.id = a.generation_id`,
  );
}

/** Appeals that nobody has decided, longest first. Of what was thrown away or taken back there is nothing to decide. */
export function listOpenAppeals(db: Db, limit: number) {
  return callStep(
    db,
    z.array(OpenAppeal),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'subjectId', subject_id, 'generationId', generation_id, 'model', model, 'prompt', prompt,
        'executedPrompt', executed_prompt, 'note', note, 'createdAt', created_at, 'reviewReason', review_reason,
        'wasSent', exists (select 1 from attempts t where t.generation_id = o.generation_id and t.prediction_id is not null),
        'picture', case when image_id is not null then jsonb_build_object(
          'id', image_id, 'width', width_pixels, 'height', height_pixels, 'preview', preview) end)
        order by created_at, subject_id), '[]') as result
      from (
        select p.subject_id, p.generation_id, p.note, p.created_at, g.model, g.prompt,
               coalesce(g.executed_prompt, nullif(g.input ->> 'prompt', g.prompt)) as executed_prompt,
               a.id as image_id, a.width_pixels, a.height_pixels, a.preview, a.review_reason
          from appeals p join generations g on g.id = p.generation_id
          left join assets a on a.id = p.subject_id and a.review_state = 'rejected' and a.deleted_at is null
         where p.state = 'open' and g.deleted_at is null and (p.subject_id = g.id or a.id is not null)
         order by p.created_at, p.subject_id limit ${limit}
      ) o`,
  );
}

/** How many of both wait for an operator, counted up to a limit each. */
export function countWaiting(db: Db, limit: number) {
  return callStep(
    db,
    z.object({ pictures: z.number(), appeals: z.number() }),
    (sql) => sql`select jsonb_build_object(
        'pictures', (select count(*) from (
          select 1 from assets where audience = 'public' and review_state = 'pending' and deleted_at is null
           limit ${limit}) a),
        'appeals', (select count(*) from (
          select 1 from appeals p join generations g on g.id = p.generation_id
           where p.state = 'open' and g.deleted_at is null and (p.subject_id = g.id or exists (
             select 1 from assets a where a.id = p.subject_id and a.review_state = 'rejected' and a.deleted_at is null))
           limit ${limit}) b)) as result`,
  );
}

/** An operator's word on a public picture, with who and why in the audit. */
export function decideReview(
  db: Db,
  step: {
    imageId: string;
    decision: "approved" | "rejected";
    actor: `operator:${string}`;
    /** Of a rejection, what its owner reads. */
    reason: string;
    /** Whether one that was decided before may be decided anew. */
    isRevision: boolean;
  },
) {
  return callStep(
    db,
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["approved", "rejected"]), userId: z.string() }),
      z.object({ outcome: z.enum(["already", "not_public"]) }),
    ]),
    (sql) => sql`select decide_review(
      ${step.imageId}, ${step.decision}, ${step.actor}, ${step.reason}, ${step.isRevision}::boolean) as result`,
  );
}
