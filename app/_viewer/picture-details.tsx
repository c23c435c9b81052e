"use client";

import clsx from "clsx";
import { Download, Heart, ImagePlus, Lock, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ShareButton } from "@/app/_share/share-button";
import { Button, buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { ImageModelView } from "@/lib/contracts/models";
import { fileNameOf } from "./download-picture";
import type { Picture } from "./picture-list";
import { Fact, TaskFacts } from "./task-facts";
import { useFavourite } from "./use-favourite";

type PictureDetailsProps = {
  picture: Picture;
  model: ImageModelView | undefined;
  onRemix: (options: { withSeed: boolean }) => void;
  /** Makes others after this one. */
  onReference: () => void;
};

/** Everything about a picture: what was written and sent, how it was made, who sees it, what it cost. */
export function PictureDetails({ picture, model, onRemix, onReference }: PictureDetailsProps) {
  const t = useTranslations("viewer");
  const audience = useTranslations("audience");
  const { task, image } = picture;
  const favour = useFavourite(picture);
  const charged = task.cost - task.refunded;
  return (
    <div className="space-y-6 text-sm">
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => onRemix({ withSeed: false })} aria-keyshortcuts="r">
          <RotateCcw size={15} strokeWidth={1.75} aria-hidden="true" />
          {t("remix")}
        </Button>
        <Button size="small" onClick={() => onRemix({ withSeed: true })} aria-keyshortcuts="s">
          <Lock size={15} strokeWidth={1.75} aria-hidden="true" />
          {t("remixWithSeed")}
        </Button>
        <Button size="small" onClick={onReference}>
          <ImagePlus size={15} strokeWidth={1.75} aria-hidden="true" />
          {t("useAsReference")}
        </Button>
        <Button
          size="small"
          onClick={() => void favour()}
          aria-pressed={image.isFavourite}
          aria-keyshortcuts="."
        >
          <Heart
            size={15}
            strokeWidth={1.75}
            aria-hidden="true"
            className={clsx(image.isFavourite && "fill-current text-prussian")}
          />
          {t("favourite")}
        </Button>
        <a
          href={image.url}
          download={fileNameOf(picture)}
          className={buttonLook({ size: "small" })}
          aria-keyshortcuts="d"
        >
          <Download size={15} strokeWidth={1.75} aria-hidden="true" />
          {t("download")}
        </a>
      </div>
      <dl className="space-y-4">
        <TaskFacts task={task} modelTitle={model?.title ?? task.model} size={image} />
        <Fact name={audience("label")}>
          <ShareButton picture={picture} />
        </Fact>
        <Fact name={t("cost")}>
          {task.lateAt
            ? t("costLate")
            : task.cost === 0
              ? t("costFree", { count: task.freeUsed })
              : task.refunded > 0
                ? t("costPartly", { charged, returned: task.refunded })
                : t("costCharged", { charged, count: task.numOutputs })}
          {" · "}
          <Link
            href={`/credits/receipts/${task.id}`}
            className="text-prussian underline underline-offset-4 hover:text-prussian-hover"
          >
            {t("receipt")}
          </Link>
        </Fact>
      </dl>
    </div>
  );
}
