"use client";

import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { Task } from "@/lib/contracts/task";
import { loadSheetActs } from "./load-sheet-acts";

/** The way to the rarer actions of a sheet. */
export function SheetMenu({ task }: { task: Task }) {
  const t = useTranslations("sheet");
  return (
    <LazyPanelButton
      label={t("more")}
      load={loadSheetActs}
      align="end"
      className="w-64 p-1!"
      trigger={(trigger) => <IconButton icon={Ellipsis} label={t("more")} {...trigger} />}
    >
      {(close, { Menu }) => <Menu task={task} onDone={close} />}
    </LazyPanelButton>
  );
}
