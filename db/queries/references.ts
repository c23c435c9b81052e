import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

export type NewReference = {
  id: string;
  storageKey: string;
  sizeBytes: number;
  /** SHA-256, hexadecimal. */
  contentHash: string;
  widthPixels: number;
  heightPixels: number;
};

const ReferenceRow = z.object({ storageKey: z.string(), contentHash: z.string(), ownerId: z.string() });
export type ReferenceRow = z.infer<typeof ReferenceRow>;

/** A stored reference picture gets its row; the oldest of too many unused ones go. */
export function addReference(
  db: Db,
  step: { userId: string; reference: NewReference; hours: number; unusedMax: number },
) {
  const reference = JSON.stringify(step.reference);
  return callStep(
    db,
    z.object({ outcome: z.enum(["added", "account_closed"]) }),
    (sql) =>
      sql`select add_reference(${step.userId}, ${reference}::jsonb, ${step.hours}, ${step.unusedMax}) as result`,
  );
}

/** A reference picture and whose it is; null when there is none, or none any more. */
export function findReference(db: Db, id: string) {
  return callStep(
    db,
    ReferenceRow.nullish(),
    (sql) => sql`select jsonb_build_object('storageKey', storage_key,
        'contentHash', encode(content_hash, 'hex'), 'ownerId', user_id) as result
      from reference_pictures where id = ${id}`,
  );
}

/** Takes away what is due and unused. */
export function removeDueReferences(db: Db, limit: number) {
  return callStep(
    db,
    z.object({ outcome: z.literal("done"), removed: z.number() }),
    (sql) => sql`select remove_due_references(${limit}) as result`,
  );
}
