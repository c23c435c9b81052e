"use client";

import { ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { ImageModelView } from "@/lib/contracts/models";
import { Chip } from "./chip";
import { choosePicture, prepareChoosing } from "./reference/take-picture";

const loadPanel = async () => (await import("./panels/not-taken-panel")).NotTakenPanel;

type ReferenceChipProps = { model: ImageModelView; models: readonly ImageModelView[] };

/** The way to a reference picture for whoever neither pastes nor drops one; grey with a model that takes none, and says so. */
export function ReferenceChip({ model, models }: ReferenceChipProps) {
  const t = useTranslations("composer.reference");
  return (
    <LazyPanelButton
      label={t("title")}
      load={loadPanel}
      trigger={(trigger) => (
        <Chip
          data-field="inputImageId"
          aria-label={t("add")}
          // One button either way, so that focus stays where it is when the model becomes another.
          {...(model.takesInputImage
            ? {
                ref: trigger.ref,
                title: t("add"),
                onClick: choosePicture,
                onPointerEnter: prepareChoosing,
                onFocus: prepareChoosing,
              }
            : { ...trigger, "aria-disabled": true, title: t("notTaken", { model: model.title }) })}
        >
          <ImagePlus size={14} strokeWidth={1.75} aria-hidden="true" />
          {t("chip")}
        </Chip>
      )}
    >
      {(close, NotTakenPanel) => (
        <NotTakenPanel setting="reference" model={model} models={models} onDone={close} />
      )}
    </LazyPanelButton>
  );
}
