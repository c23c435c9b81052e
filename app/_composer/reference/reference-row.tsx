"use client";

import { ImageOff, ImageUp, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { changeDraft } from "@/app/_composer/draft-store";
import { listTakers } from "@/app/_composer/list-takers";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { ImageModelView } from "@/lib/contracts/models";
import { checkReference, pickPicture, removeReference, sendPicture } from "./send-picture";
import type { Upload } from "./upload-store";

export type ReferenceRowProps = {
  referenceId: string | null;
  upload: Upload | null;
  model: ImageModelView;
  models: readonly ImageModelView[];
  onRemoved: () => void;
};

/** The draft's reference picture: on its way, there, not there, or not for this model; and the way to be rid of it. */
export function ReferenceRow({ referenceId, upload, model, models, onRemoved }: ReferenceRowProps) {
  const t = useTranslations("composer.reference");
  const remove = () => {
    removeReference();
    onRemoved();
  };
  return (
    <div data-reference className="flex items-center gap-3 py-1 pr-3 pl-4 text-sm">
      <div className="flex size-12 shrink-0 items-center justify-center overflow-hidden rounded-print bg-tray text-ink-3">
        <Thumbnail referenceId={referenceId} upload={upload} />
      </div>
      <div className="min-w-0 flex-1">
        {upload === null ? (
          <Kept model={model} models={models} />
        ) : upload.kind === "sending" ? (
          <Sending share={upload.share} />
        ) : (
          <Failed upload={upload} />
        )}
      </div>
      <IconButton icon={X} label={upload?.kind === "sending" ? t("cancel") : t("remove")} onClick={remove} />
    </div>
  );
}

function Thumbnail({ referenceId, upload }: Pick<ReferenceRowProps, "referenceId" | "upload">) {
  const t = useTranslations("composer.reference");
  if (upload !== null || referenceId === null) {
    const Icon = upload?.kind === "failed" ? ImageOff : ImageUp;
    return <Icon size={20} strokeWidth={1.5} aria-hidden="true" />;
  }
  const url = `/img/reference/${referenceId}`;
  return (
    // biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask.
    <img
      key={referenceId}
      src={url}
      alt={t("alt")}
      decoding="async"
      className="size-full object-cover"
      onError={() => void checkReference(url)}
    />
  );
}

/** What it is for; or that this model has no use for it, and which has. */
function Kept({ model, models }: Pick<ReferenceRowProps, "model" | "models">) {
  const t = useTranslations("composer.reference");
  const composer = useTranslations("composer");
  if (model.takesInputImage) {
    return <Words title={t("title")}>{t("purpose")}</Words>;
  }
  const [cheapest] = listTakers(models, "takesInputImage");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Words title={t("notTaken", { model: model.title })}>{t("keptWithout")}</Words>
      {cheapest && (
        <Button size="small" onClick={() => changeDraft({ model: cheapest.id })}>
          {composer("useModel", { model: cheapest.title })}
        </Button>
      )}
    </div>
  );
}

function Sending({ share }: { share: number }) {
  const t = useTranslations("composer.reference");
  const format = useFormatter();
  // Once all of it has left, the server is at work: of that nobody knows a share.
  const isSent = share === 1;
  return (
    <div>
      <p className="flex justify-between gap-3 font-medium">
        {isSent ? t("checking") : t("sending")}
        {!isSent && <span className="numeric text-ink-3">{format.number(share, { style: "percent" })}</span>}
      </p>
      <progress
        aria-label={t("sending")}
        max={1}
        {...(isSent ? {} : { value: share })}
        className="h-1 w-full accent-prussian"
      />
    </div>
  );
}

function Failed({ upload }: { upload: Extract<Upload, { kind: "failed" }> }) {
  const t = useTranslations("composer.reference");
  const { why, pause, picture } = upload;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="min-w-0 text-bad">{pause ?? t(`failed.${why}`)}</p>
      {picture ? (
        <Button size="small" onClick={() => sendPicture(picture)}>
          {t("again")}
        </Button>
      ) : (
        <Button size="small" onClick={pickPicture}>
          {t("other")}
        </Button>
      )}
    </div>
  );
}

function Words({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="font-medium">{title}</p>
      <p className="text-ink-2">{children}</p>
    </div>
  );
}
