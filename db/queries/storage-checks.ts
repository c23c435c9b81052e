import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { Violation } from "./ledger-checks";
import { callStep } from "./step";

/** The picture and the object that the next look goes on behind; empty begins at the first. */
const Reached = z.object({ pictureId: z.string().default(""), objectKey: z.string().default("") });
type Reached = z.infer<typeof Reached>;

const StoredPicture = z.object({ id: z.string(), storageKey: z.string(), sizeBytes: z.number() });
export type StoredPicture = z.infer<typeof StoredPicture>;

/** How far earlier looks came, and the first of what the last one found. */
export function readStorageCheck(db: Db) {
  return callStep(
    db,
    z.object({ reached: Reached, found: z.array(Violation) }),
    (sql) => sql`select jsonb_build_object('reached', reached, 'found', sample) as result
      from ledger_checks where name = 'storage'`,
  );
}

/** Writes down what a look found: all of it, so the caller bounds it. */
export function recordStorageCheck(db: Db, step: { found: readonly Violation[]; reached: Reached }) {
  const { found, reached } = step;
  return callStep(
    db,
    z.object({ outcome: z.literal("recorded") }),
    (sql) => sql`select record_storage_check(${found.length}, ${JSON.stringify(found)}::jsonb,
      ${JSON.stringify(reached)}::jsonb) as result`,
  );
}

/**
 * The next pictures in the order of their ids that must have a file, in the bin or not, and these of before; with the last
 * of the next ones, null when they end here.
 */
export function listStoredPictures(db: Db, step: { after: string; limit: number; again: readonly string[] }) {
  return callStep(
    db,
    z.object({ pictures: z.array(StoredPicture), next: z.string().nullable() }),
    (sql) => sql`
      with following as materialized (
        select id, storage_key, size_bytes from assets
         where purged_at is null and id > ${step.after} order by id limit ${step.limit}
      ), looked as (
        select * from following
        union
        select id, storage_key, size_bytes from assets
         where purged_at is null and id in (select jsonb_array_elements_text(${JSON.stringify(step.again)}::jsonb))
      )
      select jsonb_build_object(
        'pictures', (select coalesce(jsonb_agg(jsonb_build_object(
            'id', id, 'storageKey', storage_key, 'sizeBytes', size_bytes) order by id), '[]') from looked),
        'next', case when (select count(*) from following) = ${step.limit}
                     then (select max(id) from following) end) as result`,
  );
}

/** Which of these objects are so many hours old, and neither are named by a row nor may still come to be. */
export async function findUnnamedObjects(
  db: Db,
  step: { objects: readonly { key: string; writtenAt: Date }[]; hours: number },
): Promise<string[]> {
  const { keys } = await callStep(
    db,
    z.object({ outcome: z.literal("done"), keys: z.array(z.string()) }),
    (sql) =>
      sql`select find_unnamed_objects(${JSON.stringify(step.objects)}::jsonb, ${step.hours}) as result`,
  );
  return keys;
}
