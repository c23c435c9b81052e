import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

const AssetRow = z.object({
  storageKey: z.string(),
  contentType: z.string(),
  contentHash: z.string(),
  ownerId: z.string(),
  /** Whether others may see it now. */
  isShared: z.boolean(),
  isDeleted: z.boolean(),
});
export type AssetRow = z.infer<typeof AssetRow>;

/** A picture and who may see it; null when there is none, or none any more. */
export function findAsset(db: Db, id: string) {
  return callStep(
    db,
    AssetRow.nullish(),
    (sql) => sql`select jsonb_build_object(
        'storageKey', a.storage_key, 'contentType', a.content_type, 'contentHash', encode(a.content_hash, 'hex'),
        'ownerId', g.user_id, 'isShared', is_shared(a), 'isDeleted', a.deleted_at is not null) as result
      from assets a join generations g on g.id = a.generation_id
     where a.id = ${id} and a.purged_at is null`,
  );
}
