import "server-only";
import type { Services } from "@/lib/services";
import { variantKey } from "./read-picture";
import { VARIANT_WIDTHS } from "./workshop";

/** Removes a picture's file and every width that was made of it. What is gone already is no error. */
export async function removeAsset(
  { storage }: Pick<Services, "storage">,
  { imageId, storageKey, contentHash }: { imageId: string; storageKey: string; contentHash: string },
): Promise<void> {
  const variants = VARIANT_WIDTHS.map((width) => variantKey({ id: imageId, contentHash, width }));
  await Promise.all([storageKey, ...variants].map((key) => storage.remove(key)));
}
