"use client";

import { ArrowLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { saveDraft } from "@/app/_composer/draft-store";
import { sendOwnPicture } from "@/app/_composer/reference/send-picture";
import { reuseText } from "@/app/_composer/task-wording";
import { useLiveTask } from "@/app/_data/use-live-task";
import { draftOf } from "@/app/_sheets/task-actions";
import { Link } from "@/components/ui/link";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import { PictureDetails } from "./picture-details";
import type { Picture } from "./picture-list";
import { PictureStage } from "./picture-stage";

/** A picture's own page, for whoever comes to its address directly. */
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
  const image = task.images.find(({ id }) => id === initial.image.id) ?? initial.image;
  const picture = { ...initial, image, task };
  const remix = ({ withSeed }: { withSeed: boolean }) => {
    reuseText(task, draftOf(task, { withSeed }));
    goToComposer();
  };
  const goToComposer = () => {
    saveDraft();
    router.push(localizePath("/create", locale));
  };
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
        <div className="flex min-w-0 flex-1 items-start justify-center rounded-panel bg-tray max-lg:-mx-4 max-lg:block max-lg:rounded-none">
          <PictureStage picture={picture} neighbours={[]} />
        </div>
        <div className="lg:w-80 lg:shrink-0">
          <h1 className="mb-4 line-clamp-3 font-semibold text-lg" dir="auto">
            {task.prompt}
          </h1>
          <PictureDetails
            picture={picture}
            model={model}
            onRemix={remix}
            onReference={() => {
              void sendOwnPicture(image.url);
              goToComposer();
            }}
          />
        </div>
      </div>
    </article>
  );
}
