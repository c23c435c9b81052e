import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";
import { TaskRow } from "./tasks";

const ItemRow = z.object({
  id: z.string(),
  width: z.number(),
  height: z.number(),
  at: z.number(),
  images: z.array(z.string()),
});

export type LibraryFilter = {
  userId: string;
  state: "made" | "failed" | "bin";
  /** All of them must be in the written or the sent prompt. */
  words: string[];
  model: string | null;
  ratio: string | null;
  isFavourite: boolean;
  from: string | null;
  to: string | null;
  limit: number;
};

/** The tasks of a person that match, newest first, each with those of its pictures that do. */
export function listLibrary(db: Db, filter: LibraryFilter) {
  const { state } = filter;
  return callStep(
    db,
    z.array(ItemRow),
    (sql) => sql`select coalesce(json_agg(json_build_object(
        'id', l.id, 'width', l.width, 'height', l.height, 'images', l.images,
        'at', extract(epoch from l.created_at)::bigint) order by l.created_at desc, l.id desc), '[]') as result
      from (
        select g.id, g.created_at, coalesce(a.width, g.width_pixels) as width,
               coalesce(a.height, g.height_pixels) as height, coalesce(a.images, '[]') as images
          from generations g
          left join lateral (
            select json_agg(a.id order by a.position) as images, min(a.width_pixels) as width,
                   min(a.height_pixels) as height
              from assets a
             where a.generation_id = g.id and a.purged_at is null
               and (a.deleted_at is not null) = (${state} = 'bin')
               and (a.favourite_at is not null or not ${filter.isFavourite}::boolean)) a on true
         where g.user_id = ${filter.userId} and case ${state}
                 when 'made' then g.deleted_at is null and a.images is not null
                 when 'failed' then g.deleted_at is null and g.state in ('failed', 'canceled')
                 else a.images is not null
                   or (g.deleted_at is not null and g.prompt <> '' and g.state in ('failed', 'canceled'))
               end
           and g.model = coalesce(${filter.model}::text, g.model)
           and g.aspect_ratio = coalesce(${filter.ratio}::text, g.aspect_ratio)
           and g.created_at >= coalesce(${filter.from}::timestamptz, '-infinity')
           and g.created_at < coalesce(${filter.to}::timestamptz, 'infinity')
           and ${saysAll(sql, filter.words)}
         order by g.created_at desc, g.id desc limit ${filter.limit}
      ) l`,
  );
}

/** Whether the written and the sent prompt of `g` together contain all words. */
function saysAll(sql: Db["$client"], words: string[]) {
  return sql`(${words.length} = 0 or (
    select bool_and(strpos(said, lower(word)) > 0)
      from lower(g.prompt || ' ' || coalesce(g.executed_prompt, g.input ->> 'prompt', '')) said,
           jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) word))`;
}

const PromptRow = TaskRow.pick({ id: true, prompt: true, executedPrompt: true, promptChange: true });

/**
 * The texts that a person made from, newest first, each once: those of the newest `scanned` tasks that match. What stood
 * in the composer is the proposal where one was used, and else what was written.
 */
export function listPrompts(
  db: Db,
  step: { userId: string; words: string[]; scanned: number; limit: number },
) {
  return callStep(
    db,
    z.array(PromptRow),
    (sql) => sql`select coalesce(json_agg(json_build_object('id', p.id, 'prompt', p.prompt,
        'executedPrompt', p.executed_prompt, 'promptChange', p.prompt_change)
        order by p.created_at desc, p.id desc), '[]') as result
      from (
        select * from (
          select distinct on (s.stood) s.* from (
            select g.id, g.created_at, g.prompt, g.prompt_change,
                   coalesce(g.executed_prompt, nullif(g.input ->> 'prompt', g.prompt)) as executed_prompt,
                   case when g.prompt_change in ('improved', 'edited')
                        then coalesce(g.executed_prompt, g.input ->> 'prompt', g.prompt) else g.prompt end as stood
              from generations g
             where g.user_id = ${step.userId} and g.deleted_at is null and g.prompt <> ''
               and ${saysAll(sql, step.words)}
             order by g.created_at desc, g.id desc limit ${step.scanned}) s
          order by s.stood, s.created_at desc, s.id desc) d
        order by d.created_at desc, d.id desc limit ${step.limit}) p`,
  );
}

const DetailRow = z.object({
  task: TaskRow,
  binned: z.array(z.object({ id: z.string(), preview: z.string().nullable() })),
  deletedAt: z.iso.datetime({ offset: true }).nullable(),
});

/** These tasks of a person, also from the bin. */
export function listDetails(db: Db, step: { userId: string; ids: string[] }) {
  return callStep(
    db,
    z.array(DetailRow),
    (sql) => sql`select coalesce(jsonb_agg(jsonb_build_object(
        'task', task_json(g), 'binned', b.images, 'deletedAt', coalesce(g.deleted_at, b.deleted_at))), '[]') as result
      from jsonb_array_elements_text(${JSON.stringify(step.ids)}::jsonb) wanted
      join generations g on g.id = wanted and g.user_id = ${step.userId},
      lateral (
        select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'preview', a.preview) order by a.position), '[]') as images,
               min(a.deleted_at) as deleted_at
          from assets a where a.generation_id = g.id and a.deleted_at is not null and a.purged_at is null) b`,
  );
}

const Done = z.object({ outcome: z.literal("done"), count: z.number() });

/** Marks pictures as favourites, or no longer. */
export function favourPictures(db: Db, step: { userId: string; imageIds: string[]; isFavourite: boolean }) {
  return callStep(
    db,
    Done,
    (sql) => sql`select favour_pictures(
      ${step.userId}, ${JSON.stringify(step.imageIds)}::jsonb, ${step.isFavourite}::boolean) as result`,
  );
}

type BinStep = { userId: string; imageIds: string[]; taskIds: string[] };

/** Puts pictures, and tasks without one, into the bin. */
export function binPictures(db: Db, step: BinStep) {
  return callStep(
    db,
    Done,
    (sql) => sql`select bin_pictures(
      ${step.userId}, ${JSON.stringify(step.imageIds)}::jsonb, ${JSON.stringify(step.taskIds)}::jsonb) as result`,
  );
}

/** Takes them out again. */
export function restorePictures(db: Db, step: BinStep) {
  return callStep(
    db,
    Done,
    (sql) => sql`select restore_pictures(
      ${step.userId}, ${JSON.stringify(step.imageIds)}::jsonb, ${JSON.stringify(step.taskIds)}::jsonb) as result`,
  );
}

/** Empties the bin of what has lain in it for so long, of at most `limit` pictures and tasks of whoever. */
export function purgeBin(db: Db, step: { days: number; limit: number }) {
  return callStep(
    db,
    z.object({ outcome: z.literal("done"), pictures: z.number(), tasks: z.number() }),
    (sql) => sql`select purge_bin(${step.days}, ${step.limit}) as result`,
  );
}
