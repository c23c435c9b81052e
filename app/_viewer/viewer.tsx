"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Dialog from "radix-ui/dialog";
import { useLayoutEffect, useRef, useState } from "react";
import { sendOwnPicture } from "@/app/_composer/reference/send-picture";
import { reuseText } from "@/app/_composer/task-wording";
import { reuseSettings } from "@/app/_sheets/task-actions";
import { IconButton } from "@/components/ui/icon-button";
import type { ImageModelView } from "@/lib/contracts/models";
import { downloadPicture } from "./download-picture";
import { growPicture } from "./grow-picture";
import { PictureArrows } from "./picture-arrows";
import { PictureDetails } from "./picture-details";
import type { Picture } from "./picture-list";
import { PictureStage } from "./picture-stage";
import { useFavourite } from "./use-favourite";
import { useViewerKeys } from "./use-viewer-keys";

export type ViewerProps = {
  picture: Picture;
  previous: Picture | null;
  next: Picture | null;
  model: ImageModelView | undefined;
  onShow: (picture: Picture) => void;
  onClose: () => void;
  /** Where there is no composer on the page: the way to it, with what is to be put in. */
  onCompose?: (prepare: () => void) => void;
};

/** One picture on a neutral surround, with everything there is to know about it beside it. */
export function Viewer({ picture, previous, next, model, onShow, onClose, onCompose }: ViewerProps) {
  const t = useTranslations("viewer");
  const sheetWords = useTranslations("sheet");
  const [isColumnShown, setColumnShown] = useState(true);
  const isRemixing = useRef(false);
  const { image, task, place } = picture;
  const favour = useFavourite(picture);
  const [opened] = useState(image.id);
  const [isShown, setShown] = useState(false);
  useLayoutEffect(() => growPicture(opened, () => setShown(true)), [opened]);

  const goToComposer = (prepare: () => void) => {
    isRemixing.current = true;
    if (onCompose) {
      onCompose(prepare);
      return;
    }
    onClose();
    prepare();
  };
  const remix = (options: { withSeed: boolean }) => goToComposer(() => reuseSettings(task, options));
  const handleKey = useViewerKeys({
    onPrevious: previous && (() => onShow(previous)),
    onNext: next && (() => onShow(next)),
    onRemix: () => remix({ withSeed: false }),
    onUsePrompt: () => goToComposer(() => reuseText(task)),
    onRemixWithSeed: () => remix({ withSeed: true }),
    onDownload: () => downloadPicture(picture),
    onFavourite: () => void favour(),
    onToggleColumn: () => setColumnShown((isShown) => !isShown),
  });

  if (!isShown) {
    return null;
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={handleKey}
          onCloseAutoFocus={(event) => {
            // Back to the tile of the picture that was seen last, not only to the one that was opened.
            event.preventDefault();
            const target = isRemixing.current
              ? document.getElementById("prompt")
              : document.querySelector<HTMLElement>(`[data-picture="${image.id}"]`);
            target?.focus();
          }}
          className="fixed inset-0 z-50 flex animate-appear bg-tray focus:outline-none max-lg:flex-col max-lg:overflow-y-auto"
        >
          <Dialog.Title className="sr-only">
            {sheetWords("alt", { place: place + 1, count: task.images.length, prompt: task.prompt })}
          </Dialog.Title>
          <PictureStage key={image.id} picture={picture} previous={previous} next={next} onShow={onShow} />
          <div className="pointer-events-none fixed inset-x-0 top-0 flex justify-between p-2 *:pointer-events-auto">
            <PictureArrows previous={previous} next={next} onShow={onShow} />
            <Dialog.Close asChild>
              <IconButton icon={X} label={t("close")} className="bg-sheet/90" />
            </Dialog.Close>
          </div>
          {isColumnShown && (
            <aside className="w-80 shrink-0 overflow-y-auto border-line border-l bg-sheet p-6 pt-14 max-lg:w-full max-lg:overflow-visible max-lg:border-t max-lg:border-l-0 max-lg:pt-6">
              <PictureDetails
                picture={picture}
                model={model}
                onRemix={remix}
                onReference={() => goToComposer(() => void sendOwnPicture(image.url))}
              />
            </aside>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
