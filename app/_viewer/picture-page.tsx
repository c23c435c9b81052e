"use client";

import clsx from "clsx";
import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { saveDraft } from "@/app/_composer/draft-store";
import { sendOwnPicture } from "@/app/_composer/reference/send-picture";
import { reuseText } from "@/app/_composer/task-wording";
import { useLiveTask } from "@/app/_data/use-live-task";
import { draftOf } from "@/app/_sheets/task-actions";
import { Link } from "@/components/ui/link";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import { downloadPicture } from "./download-picture";
import { pictureHref, replacePicture } from "./open-picture";
import { PictureArrows } from "./picture-arrows";
import { PictureDetails } from "./picture-details";
import { listPictures, type Picture } from "./picture-list";
import { PictureStage } from "./picture-stage";
import { useFavourite } from "./use-favourite";
import { usePageKeys } from "./use-viewer-keys";

/** A picture's own page, for whoever comes to its address directly; those it was made with lie beside it. */
export function PicturePage({
  picture: initial,
  model,
}: {
  picture: Picture;
  model: ImageModelView | undefined;
}) {
  const t = useTranslations("viewer");
  const router = useRouter();
  const locale = useLocale();
  const task = useLiveTask(initial.task);
  const [shownId, setShownId] = useState(initial.image.id);
  const [isColumnShown, setColumnShown] = useState(true);
  const pictures = listPictures([task]);
  const index = pictures.findIndex(({ image }) => image.id === shownId);
  const picture = pictures[index] ?? { ...initial, task };
  const previous = pictures[index - 1] ?? null;
  const next = pictures[index + 1] ?? null;
  const favour = useFavourite(picture);

  const show = ({ image }: Picture) => {
    replacePicture(pictureHref(image.id, locale));
    setShownId(image.id);
  };
  const goToComposer = (prepare: () => void) => {
    prepare();
    saveDraft();
    router.push(localizePath("/create", locale));
  };
  const remix = (options: { withSeed: boolean }) =>
    goToComposer(() => reuseText(task, draftOf(task, options)));

  usePageKeys({
    onPrevious: previous && (() => show(previous)),
    onNext: next && (() => show(next)),
    onRemix: () => remix({ withSeed: false }),
    onUsePrompt: () => goToComposer(() => reuseText(task)),
    onRemixWithSeed: () => remix({ withSeed: true }),
    onDownload: () => downloadPicture(picture),
    onFavourite: () => void favour(),
    onToggleColumn: () => setColumnShown((isShown) => !isShown),
  });

  return (
    <article className="mx-auto w-full max-w-[72rem]">
      <Link
        href="/create"
        className="mb-4 inline-flex min-h-control items-center gap-2 text-ink-2 text-sm hover:text-ink"
      >
        <ArrowLeft size={16} strokeWidth={1.5} aria-hidden="true" />
        {t("back")}
      </Link>
      <div className="flex gap-8 max-lg:flex-col">
        <div className="relative flex min-w-0 flex-1 items-start justify-center rounded-panel bg-tray max-lg:-mx-4 max-lg:block max-lg:rounded-none">
          <PictureStage
            key={picture.image.id}
            picture={picture}
            previous={previous}
            next={next}
            onShow={show}
          />
          <div className="absolute top-0 left-0 p-2">
            <PictureArrows previous={previous} next={next} onShow={show} />
          </div>
        </div>
        <div className={clsx(isColumnShown && "lg:w-80 lg:shrink-0")}>
          <h1 className={isColumnShown ? "mb-4 line-clamp-3 font-semibold text-lg" : "sr-only"} dir="auto">
            {task.prompt}
          </h1>
          {isColumnShown && (
            <PictureDetails
              picture={picture}
              model={model}
              onRemix={remix}
              onReference={() => goToComposer(() => void sendOwnPicture(picture.image.url))}
            />
          )}
        </div>
      </div>
    </article>
  );
}
