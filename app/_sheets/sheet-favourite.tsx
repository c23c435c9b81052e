"use client";

import { Heart } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import type { Task } from "@/lib/contracts/task";
import { isFavouriteSheet } from "./is-favourite-sheet";
import { loadSheetActs, NEAR_SHEET_ACTS } from "./load-sheet-acts";

/** Marks all pictures of a sheet as favourites, or none of them. */
export function SheetFavourite({ task }: { task: Task }) {
  const t = useTranslations("sheet");
  const library = useTranslations("library");
  const favour = () =>
    loadSheetActs()
      .then((acts) => acts.favour(task, library("failed")))
      // Without a network nothing could be marked either.
      .catch(() => {});
  return (
    <IconButton
      icon={Heart}
      label={t("favourite")}
      aria-pressed={isFavouriteSheet(task)}
      onClick={() => void favour()}
      {...NEAR_SHEET_ACTS}
      className="aria-pressed:text-prussian aria-pressed:*:fill-current"
    />
  );
}
