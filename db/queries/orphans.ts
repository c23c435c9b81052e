import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const OrphanLook = z.object({
  /** The account. */
  keyId: z.string(),
  /** When the oldest create was sent that has not been looked for. */
  sentSince: z.string(),
  /** Creates that were answered or given up later are left to the next look. */
  until: z.string(),
});
export type OrphanLook = z.infer<typeof OrphanLook>;

/**
 * The accounts at which it is this caller's turn to look for predictions that nobody here knows. `floor` is an id before
 * all generations that may have been sent within the window.
 */
export function leaseOrphanLooks(
  db: Db,
  step: {
    keyIds: readonly string[];
    floor: string;
    intervalSeconds: number;
    graceSeconds: number;
    windowSeconds: number;
  },
) {
  return callStep(
    db,
    z.array(OrphanLook),
    (sql) => sql`select lease_orphan_looks(${JSON.stringify(step.keyIds)}::jsonb, ${step.floor},
      ${step.intervalSeconds}, ${step.graceSeconds}, ${step.windowSeconds}) as result`,
  );
}

/** Notes that at this account everything up to the look's `until` has been looked for. */
export function noteOrphanLook(db: Db, { keyId, until }: OrphanLook) {
  return callStep(
    db,
    z.object({ outcome: z.literal("noted") }),
    (sql) => sql`select note_orphan_look(${keyId}, ${until}::timestamptz) as result`,
  );
}

/**
 * Which of an account's predictions are of an attempt of ours, by the token in their address (its SHA-256, hexadecimal),
 * and are neither that attempt's own prediction nor one that is being stopped already.
 */
export function findOrphans(
  db: Db,
  step: { predictions: readonly { id: string; tokenHash: string }[]; until: string },
): Promise<string[]> {
  const listed = JSON.stringify(step.predictions);
  return callStep(
    db,
    z.array(z.string()),
    (sql) => sql`
      select coalesce(jsonb_agg(listed.id), '[]') as result
        from jsonb_to_recordset(${listed}::jsonb) as listed (id text, "tokenHash" text)
        join attempts a on a.token_hash = decode(listed."tokenHash", 'hex')
       where a.prediction_id is distinct from listed.id
         and greatest(a.sent_at, a.answered_at) <= ${step.until}::timestamptz
         and not exists (select from outbox where dedup_key = 'cancel_prediction:' || listed.id)`,
  );
}

/** Counts one that was found at work after its generation had ended; answers whether it was not known yet. */
export function noteOrphan(db: Db, step: { predictionId: string; generationId: string }) {
  return callStep(
    db,
    z.object({ outcome: z.literal("noted"), isNew: z.boolean() }),
    (sql) => sql`select note_orphan(${step.predictionId}, ${step.generationId}) as result`,
  );
}
