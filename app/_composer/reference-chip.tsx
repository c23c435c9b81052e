"use client";

import { ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Chip } from "./chip";
import { choosePicture, prepareChoosing } from "./reference/take-picture";

/** The way to a reference picture for whoever neither pastes nor drops one. */
export function ReferenceChip() {
  const t = useTranslations("composer.reference");
  return (
    <Chip
      data-field="inputImageId"
      aria-label={t("add")}
      title={t("add")}
      onClick={choosePicture}
      onPointerEnter={prepareChoosing}
      onFocus={prepareChoosing}
    >
      <ImagePlus size={14} strokeWidth={1.75} aria-hidden="true" />
      {t("chip")}
    </Chip>
  );
}
