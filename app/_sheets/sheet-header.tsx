"use client";

import { RotateCcw } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { setSilenceNotice } from "@/app/_composer/notice-store";
import { IconButton } from "@/components/ui/icon-button";
import type { Task } from "@/lib/contracts/task";
import { loadSheetActs, NEAR_SHEET_ACTS } from "./load-sheet-acts";
import { SheetFavourite } from "./sheet-favourite";
import { SheetMenu } from "./sheet-menu";
import { SheetPrompt } from "./sheet-prompt";

type SheetHeaderProps = {
  /** The prompt names the sheet; this is its heading's id. */
  headingId: string;
  prompt: string;
  modelTitle: string;
  aspectRatio: string;
  count: number;
  createdAt: string;
  /** Held or charged; nothing is said of 0. */
  costCredits: number;
  isFree: boolean;
  /** Null while the press itself is on its way: there is nothing to act on yet. */
  task: Task | null;
};

/** What was asked for, with what, when; and what can be done with it again. */
export function SheetHeader(props: SheetHeaderProps) {
  const { headingId, prompt, modelTitle, aspectRatio, count, createdAt, costCredits, isFree, task } = props;
  const t = useTranslations("sheet");
  return (
    <header className="mb-2 grid grid-cols-[1fr_auto] items-start gap-x-4 text-sm lg:grid-cols-[1fr_auto_auto]">
      <SheetPrompt id={headingId} prompt={prompt} />
      <p className="dotted text-ink-3 tabular-nums max-lg:col-span-full max-lg:row-start-2">
        <span>{modelTitle}</span>
        <span>{aspectRatio}</span>
        <span>×{count}</span>
        {costCredits > 0 && <span>{t("cost", { credits: costCredits })}</span>}
        {isFree && <span>{t("free")}</span>}
        {task?.promptChange === "translated" && <span>{t("translated")}</span>}
        {task?.isUntranslated && <span className="text-warn">{t("untranslated")}</span>}
        <SheetTime createdAt={createdAt} />
      </p>
      {task && (
        <div className="-mt-1.5 flex shrink-0 gap-0.5 coarse:gap-3">
          <SheetReuse task={task} />
          {task.images.length > 0 && <SheetFavourite task={task} />}
          <SheetMenu task={task} />
        </div>
      )}
    </header>
  );
}

/** Puts the settings back into the composer. */
function SheetReuse({ task }: { task: Task }) {
  const t = useTranslations("sheet");
  const reuse = () =>
    loadSheetActs()
      .then((acts) => acts.reuse(task, { withSeed: false }))
      .catch(setSilenceNotice);
  return <IconButton icon={RotateCcw} label={t("remix")} onClick={() => void reuse()} {...NEAR_SHEET_ACTS} />;
}

/** The time of day; with the day once it is not today's. */
function SheetTime({ createdAt }: { createdAt: string }) {
  const format = useFormatter();
  const now = useNow();
  const date = new Date(createdAt);
  const day = format.dateTime(date, { day: "numeric", month: "short" });
  const isToday = day === format.dateTime(now, { day: "numeric", month: "short" });
  const time = format.dateTime(date, { timeStyle: "short" });
  return (
    <time dateTime={createdAt} suppressHydrationWarning>
      {isToday ? time : `${day} ${time}`}
    </time>
  );
}
