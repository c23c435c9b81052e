import "server-only";
import { markPicture } from "@/lib/assets/mark/mark-picture";
import { findPicture, openPicture } from "@/lib/assets/read-picture";
import type { Services } from "@/lib/services";
import { findShared } from "./find-shared";

const SOURCE_WIDTH = 1280;

/** The card of a shared picture, as JPEG. Null when its link leads nowhere, or this host cannot make one. */
export async function openCard(
  services: Pick<Services, "db" | "storage" | "workshop">,
  { shareId, markSvg }: { shareId: string; markSvg: string },
): Promise<Uint8Array | null> {
  const { workshop } = services;
  const shared = await findShared(services, shareId);
  const id = shared?.imageUrl.replace("/img/", "") ?? "";
  // Asked as nobody: the card shows what a stranger may see, and no more.
  const found = await findPicture(services, { id, width: SOURCE_WIDTH, viewerId: null });
  const picture = found && (await openPicture(services, { id, asset: found.asset, width: SOURCE_WIDTH }));
  if (!picture || !workshop) {
    return null;
  }
  const bytes = new Uint8Array(await new Response(picture.body).arrayBuffer());
  return markPicture(await workshop.makeCard(bytes, markSvg), id);
}
