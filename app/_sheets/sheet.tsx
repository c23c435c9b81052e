"use client";

import { useId, useState } from "react";
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

/** One submit, from the press to the pictures: the same element all the way, so that nothing jumps and focus stays. */
export function Sheet({ item, models, onOpenPicture, pictureHref }: SheetProps) {
  const headingId = useId();
  const isTask = item.kind === "task";
  const isWaiting = !isTask || item.task.status === "processing";
  // What it was when the reader first saw it.
  const [wasWaiting] = useState(isWaiting);
  return (
    <article
      aria-labelledby={headingId}
      tabIndex={-1}
      data-task={isTask ? item.task.id : undefined}
      data-status={isTask ? item.task.status : item.submit.state}
      className="scroll-mt-18"
    >
      {isTask ? (
        <TaskSheet
          task={item.task}
          headingId={headingId}
          models={models}
          onOpenPicture={onOpenPicture}
          pictureHref={pictureHref}
          wasWaiting={wasWaiting}
        />
      ) : (
        <SubmitSheet
          submit={item.submit}
          headingId={headingId}
          model={models.find(({ id }) => id === item.submit.body.model)}
        />
      )}
    </article>
  );
}
