"use client";

import { usePathname, useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { type ComponentType, useEffect, useState } from "react";
import { saveDraft } from "@/app/_composer/draft-store";
import { leavePicture, pictureHref, readPictureId, replacePicture } from "@/app/_viewer/open-picture";
import type { Picture } from "@/app/_viewer/picture-list";
import type { ViewerProps } from "@/app/_viewer/viewer";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import { useDetails, wantDetails } from "./detail-store";
import type { LibraryTile } from "./library-tiles";

type LibraryViewerProps = {
  tiles: readonly LibraryTile[];
  models: readonly ImageModelView[];
  /** The library's own address, to go back to. */
  libraryHref: string;
};

/** Shows the picture that the address names over the library, and its neighbours in the order in which they lie. */
export function LibraryViewer({ tiles, models, libraryHref }: LibraryViewerProps) {
  const locale = useLocale();
  const router = useRouter();
  const imageId = readPictureId(usePathname());
  const byTask = useDetails((state) => state.byTask);
  const [Viewer, setViewer] = useState<ComponentType<ViewerProps> | null>(null);
  const isWanted = imageId !== null;

  useEffect(() => {
    if (isWanted && !Viewer) {
      import("@/app/_viewer/viewer")
        .then((loaded) => setViewer(() => loaded.Viewer))
        // Without its script the picture's own page does the same.
        .catch(() => window.location.reload());
    }
  }, [isWanted, Viewer]);

  const pictures = isWanted ? tiles.filter((tile) => tile.imageId !== null) : [];
  const index = pictures.findIndex((tile) => tile.imageId === imageId);
  const near = [pictures[index - 1], pictures[index], pictures[index + 1]];
  const nearTasks = near.map((tile) => tile?.taskId ?? "").join();
  useEffect(() => wantDetails(nearTasks.split(",").filter(Boolean)), [nearTasks]);

  const [previous = null, picture = null, next = null] = near.map((tile) => {
    const task = tile && byTask[tile.taskId]?.task;
    const place = task?.images.findIndex(({ id }) => id === tile?.imageId) ?? -1;
    const image = task?.images[place];
    return task && image ? ({ task, image, place } satisfies Picture) : null;
  });
  if (!Viewer || !picture) {
    return null;
  }
  return (
    <Viewer
      picture={picture}
      previous={previous}
      next={next}
      model={models.find(({ id }) => id === picture.task.model)}
      onShow={({ image }) => replacePicture(pictureHref(image.id, locale))}
      onClose={() => leavePicture(libraryHref)}
      onCompose={(prepare) => {
        prepare();
        saveDraft();
        router.push(localizePath("/create", locale));
      }}
    />
  );
}
