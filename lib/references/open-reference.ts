import "server-only";
import { findReference } from "@/db/queries/references";
import type { StoredObject } from "@/lib/assets/storage";
import type { Services } from "@/lib/services";
import { isReferenceAddress } from "./reference-address";

export type ReferenceAsk = {
  id: string;
  viewerId: string | null;
  /** Of the provider's address. */
  ticket: { until: number; signature: string } | null;
  nowMs: number;
};

/**
 * The bytes of a reference picture, for its owner or for whoever has a good address of it; null looks the same as none at
 * all.
 */
export async function openReference(
  { db, storage, addressSecret }: Pick<Services, "db" | "storage" | "addressSecret">,
  { id, viewerId, ticket, nowMs }: ReferenceAsk,
): Promise<(StoredObject & { etag: string }) | null> {
  const isAddressed = ticket !== null && isReferenceAddress(addressSecret, { id, ...ticket, nowMs });
  if (!isAddressed && viewerId === null) {
    return null;
  }
  const found = await findReference(db, id);
  if (!found || !(isAddressed || found.ownerId === viewerId)) {
    return null;
  }
  const stored = await storage.get(found.storageKey);
  return stored && { ...stored, etag: `"${found.contentHash.slice(0, 32)}"` };
}
