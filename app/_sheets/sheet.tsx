"use client";

import { useState } from "react";
import type { ImageModelView } from "@/lib/contracts/models";
import type { SheetItem } from "./sheet-list";
import { SubmitSheet } from "./submit-sheet";
import { TaskSheet } from "./task-sheet";

type SheetProps = {
  item: SheetItem;
  models: readonly ImageModelView[];
  onOpenPicture: (imageId: string) => void;
  pictureHref: (imageId: string) => string;
};

/** One submit, from the press to the pictures: the same element all the way, so that nothing jumps. */
export function Sheet({ item, models, onOpenPicture, pictureHref }: SheetProps) {
  const isWaiting = item.kind === "submit" || item.task.status === "processing";
  // What it was when the reader first saw it.
  const [wasWaiting] = useState(isWaiting);
  return item.kind === "submit" ? (
    <SubmitSheet submit={item.submit} model={models.find(({ id }) => id === item.submit.body.model)} />
  ) : (
    <TaskSheet
      task={item.task}
      models={models}
      onOpenPicture={onOpenPicture}
      pictureHref={pictureHref}
      wasWaiting={wasWaiting}
    />
  );
}
