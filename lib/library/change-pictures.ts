import "server-only";
import { binPictures, favourPictures, restorePictures } from "@/db/queries/library";
import { sharePictures, takeBackLinks } from "@/db/queries/shares";
import type { LibraryChange } from "@/lib/contracts/library";
import { announceChange } from "@/lib/generation/feed";
import type { Services } from "@/lib/services";

/** A change to pictures of a person's, told to every open tab. */
export type PictureChange =
  | { kind: "favourite"; imageIds: string[]; isFavourite: boolean }
  | { kind: "bin" | "restore"; imageIds: string[]; taskIds: string[] }
  | {
      kind: "share";
      imageIds: string[];
      audience: "private" | "link" | "public";
      showsPrompt: boolean;
      expiresAt: string | null;
    }
  | { kind: "take_back" };

export async function changePictures(
  services: Pick<Services, "db">,
  userId: string,
  change: PictureChange,
): Promise<LibraryChange> {
  const { count } = await apply(services, userId, change);
  if (count > 0) {
    announceChange(services, userId);
  }
  return { count };
}

function apply({ db }: Pick<Services, "db">, userId: string, change: PictureChange) {
  switch (change.kind) {
    case "favourite":
      return favourPictures(db, { userId, ...change });
    case "bin":
      return binPictures(db, { userId, ...change });
    case "restore":
      return restorePictures(db, { userId, ...change });
    case "share":
      return sharePictures(db, { userId, ...change });
    case "take_back":
      return takeBackLinks(db, { userId });
  }
}
