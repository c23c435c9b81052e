import "server-only";
import { type AssetRow, findAsset } from "@/db/queries/assets";
import { currentScope } from "@/host/scope";
import { log } from "@/lib/logger";
import type { Services } from "@/lib/services";
import { markPicture } from "./mark/mark-picture";
import type { StoredObject } from "./storage";
import type { VariantWidth } from "./workshop";

export type PictureFacts = { asset: AssetRow; etag: string; isOwner: boolean };

/**
 * Who may see a picture: its owner, or anybody once its audience says so. In the bin only its small copies are left, for
 * its owner to recognise it by. Null looks the same as none at all.
 */
export async function findPicture(
  { db }: Pick<Services, "db">,
  { id, width, viewerId }: { id: string; width: VariantWidth | null; viewerId: string | null },
): Promise<PictureFacts | null> {
  const asset = await findAsset(db, id);
  if (!asset) {
    return null;
  }
  const isOwner = viewerId !== null && asset.ownerId === viewerId;
  const isVisible = isOwner ? !asset.isDeleted || width !== null : asset.isShared;
  if (!isVisible) {
    return null;
  }
  return { asset, isOwner, etag: `"${asset.contentHash.slice(0, 32)}${width === null ? "" : `-${width}`}"` };
}

/**
 * The bytes of a picture, whole or at a width, with the mark that a model made it. A width is made once, on first use,
 * and kept (where none can be made, the whole one is served); the whole one is marked on its way out, so that what is
 * stored stays what the provider delivered.
 */
export async function openPicture(
  { storage, workshop }: Pick<Services, "storage" | "workshop">,
  { id, asset, width }: { id: string; asset: AssetRow; width: VariantWidth | null },
): Promise<(StoredObject & { contentType: string }) | null> {
  if (width === null || !workshop) {
    const original = await storage.get(asset.storageKey);
    return original && bodyOf(markPicture(await readAll(original), id), asset.contentType);
  }
  const key = variantKey({ id, contentHash: asset.contentHash, width });
  const kept = await storage.get(key);
  if (kept) {
    return { ...kept, contentType: "image/webp" };
  }
  const original = await storage.get(asset.storageKey);
  if (!original) {
    return null;
  }
  const made = await makeOnce(key, async () => {
    const bytes = markPicture(await workshop.makeVariant(await readAll(original), width), id);
    await storage.put(key, bytes, "image/webp").catch((error: unknown) => {
      // The picture is still served; the next request tries to keep it again.
      log().warn({ err: error }, "variant.not_kept");
    });
    return bytes;
  });
  return bodyOf(made, "image/webp");
}

/** Where a width of a picture is kept. */
export function variantKey(variant: { id: string; contentHash: string; width: VariantWidth }): string {
  return `variants/${variant.id}/${variant.contentHash.slice(0, 16)}-${variant.width}.webp`;
}

async function readAll({ body }: StoredObject): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}

function bodyOf(bytes: Uint8Array, contentType: string): StoredObject & { contentType: string } {
  return { body: new Blob([Buffer.from(bytes)]).stream(), sizeBytes: bytes.byteLength, contentType };
}

declare module "@/host/scope" {
  interface Scope {
    variantsUnderWay?: Map<string, Promise<Uint8Array>>;
  }
}

/** A page of tiles may ask for one width several times at once; it is drawn once. */
async function makeOnce(key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const scope = currentScope();
  scope.variantsUnderWay ??= new Map();
  const underWay = scope.variantsUnderWay;
  const pending = underWay.get(key);
  if (pending) {
    return pending;
  }
  const made = make().finally(() => underWay.delete(key));
  underWay.set(key, made);
  return made;
}
