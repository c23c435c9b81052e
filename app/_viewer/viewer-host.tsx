"use client";

import { usePathname } from "next/navigation";
import { useLocale } from "next-intl";
import { type ComponentType, useEffect, useState } from "react";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";
import { leavePicture, pictureHref, readPictureId, replacePicture } from "./open-picture";
import { listPictures } from "./picture-list";
import type { ViewerProps } from "./viewer";

type ViewerHostProps = { tasks: readonly Task[]; models: readonly ImageModelView[] };

/** Shows the picture that the address names over the stream. The viewer's script comes with the first picture opened. */
export function ViewerHost({ tasks, models }: ViewerHostProps) {
  const locale = useLocale();
  const imageId = readPictureId(usePathname());
  const [Viewer, setViewer] = useState<ComponentType<ViewerProps> | null>(null);
  const isWanted = imageId !== null;

  useEffect(() => {
    if (isWanted && !Viewer) {
      import("./viewer")
        .then((loaded) => setViewer(() => loaded.Viewer))
        // Without its script the picture's own page does the same.
        .catch(() => window.location.reload());
    }
  }, [isWanted, Viewer]);

  const pictures = isWanted ? listPictures(tasks) : [];
  const index = pictures.findIndex(({ image }) => image.id === imageId);
  const picture = pictures[index];
  if (!Viewer || !picture) {
    return null;
  }
  return (
    <Viewer
      picture={picture}
      previous={pictures[index - 1] ?? null}
      next={pictures[index + 1] ?? null}
      model={models.find(({ id }) => id === picture.task.model)}
      onShow={({ image }) => replacePicture(pictureHref(image.id, locale))}
      onClose={() => leavePicture(localizePath("/create", locale))}
    />
  );
}
