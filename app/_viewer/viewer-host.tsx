"use client";

import { usePathname } from "next/navigation";
import { useLocale } from "next-intl";
import { type ComponentType, useEffect, useState } from "react";
import type { OlderTasks } from "@/app/_data/task-queries";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import type { Task } from "@/lib/contracts/task";
import { leavePicture, pictureHref, readPictureId, replacePicture } from "./open-picture";
import { listPictures } from "./picture-list";
import type { ViewerProps } from "./viewer";

type ViewerHostProps = {
  tasks: readonly Task[];
  /** What the stream goes on with; it is asked for when the reader has walked to the last picture that is here. */
  older: OlderTasks;
  models: readonly ImageModelView[];
};

/** Shows the picture that the address names over the stream. The viewer's script comes with the first picture opened. */
export function ViewerHost({ tasks, older, models }: ViewerHostProps) {
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
  const isAtEnd = picture !== undefined && index === pictures.length - 1;
  const { hasOlder, isLoading, isFailed, loadOlder } = older;

  useEffect(() => {
    // A page may bring no picture at all: then the next one is asked for.
    if (isAtEnd && hasOlder && !isLoading && !isFailed) {
      loadOlder();
    }
  }, [isAtEnd, hasOlder, isLoading, isFailed, loadOlder]);

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
