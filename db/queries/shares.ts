import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const SharedRow = z.object({
  shareId: z.string(),
  imageId: z.string(),
  width: z.number(),
  height: z.number(),
  preview: z.string().nullable(),
  model: z.string(),
  aspectRatio: z.string(),
  prompt: z.string().nullable(),
  isPublic: z.boolean(),
  createdAt: z.iso.datetime({ offset: true }).transform((text) => text.replace(/\+00:00$/, "Z")),
});
export type SharedRow = z.infer<typeof SharedRow>;

/** Decides who may see pictures of a person's. */
export function sharePictures(
  db: Db,
  step: {
    userId: string;
    imageIds: string[];
    audience: "private" | "link" | "public";
    showsPrompt: boolean;
    expiresAt: string | null;
  },
) {
  return callStep(
    db,
    z.object({ outcome: z.literal("done"), count: z.number() }),
    (sql) => sql`select share_pictures(
      ${step.userId}, ${JSON.stringify(step.imageIds)}::jsonb, ${step.audience}, ${step.showsPrompt}::boolean,
      ${step.expiresAt}::timestamptz) as result`,
  );
}

/** Makes all of a person's pictures private, those in the bin and those still to come as well. */
export function takeBackLinks(db: Db, step: { userId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.literal("done"), count: z.number() }),
    (sql) => sql`select take_back_links(${step.userId}) as result`,
  );
}

/** The picture that a link names, for whoever has the link; null when it leads nowhere, or no longer. */
export function findShared(db: Db, shareId: string) {
  return callStep(
    db,
    SharedRow.nullish(),
    (sql) => sql`select jsonb_build_object(
        'shareId', a.share_id, 'imageId', a.id, 'width', a.width_pixels, 'height', a.height_pixels,
        'preview', a.preview, 'model', g.model, 'aspectRatio', g.aspect_ratio,
        'prompt', case when a.shows_prompt then g.prompt end, 'isPublic', a.audience = 'public',
        'createdAt', a.created_at) as result
      from assets a join generations g on g.id = a.generation_id
     where a.share_id = ${shareId} and is_shared(a)`,
  );
}

/** Reviewed public pictures, newest first, from after a cursor on. */
export function listExplore(
  db: Db,
  step: {
    model: string | null;
    ratio: string | null;
    limit: number;
    after: { createdAt: string; id: string } | null;
  },
) {
  const createdAt = step.after?.createdAt ?? "infinity";
  const id = step.after?.id ?? "";
  return callStep(
    db,
    z.array(SharedRow),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'shareId', e.share_id, 'imageId', e.id, 'width', e.width_pixels, 'height', e.height_pixels,
        'preview', e.preview, 'model', e.model, 'aspectRatio', e.aspect_ratio,
        'prompt', case when e.shows_prompt then e.prompt end, 'isPublic', true, 'createdAt', e.created_at)
        order by e.created_at desc, e.id desc), '[]') as result
      from (
        select a.*, g.model, g.aspect_ratio, g.prompt from assets a join generations g on g.id = a.generation_id
         where a.audience = 'public' and a.review_state = 'approved' and a.deleted_at is null
           and (a.created_at, a.id) < (${createdAt}::timestamptz, ${id})
           and g.model = coalesce(${step.model}::text, g.model)
           and g.aspect_ratio = coalesce(${step.ratio}::text, g.aspect_ratio)
         order by a.created_at desc, a.id desc limit ${step.limit}
      ) e`,
  );
}
