"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useSent } from "@/app/_composer/use-sent";
import { useModels } from "@/app/_data/model-queries";
import { onTasks } from "@/app/_data/task-listeners";
import { canRetry } from "@/app/_sheets/can-retry";
import { retryTask } from "@/app/_sheets/retry-task";
import { useLoaded } from "@/components/ui/use-loaded";
import { localizePath } from "@/i18n/localize-path";
import type { ImageModelView } from "@/lib/contracts/models";
import { updateDetails, useDetails } from "./detail-store";
import { FilterBar } from "./filter-bar";
import { useLeaving } from "./leaving-store";
import { LibraryEmpty, LibraryError } from "./library-empty";
import { type LibraryFilters, writeFilters } from "./library-filters";
import { refreshLibrary, useLibraryList } from "./library-queries";
import { type LibraryTile, listChosen, listTiles } from "./library-tiles";
import { LibraryViewer } from "./library-viewer";
import { PictureGrid } from "./picture-grid";
import { SelectionBar } from "./selection-bar";
import { clearSelection, useSelection } from "./selection-store";
import { useLibraryActs } from "./use-library-acts";
import { useLibraryFilters } from "./use-library-filters";

const loadEnded = () => import("./ended-task");

const NO_ITEMS: [] = [];
/** Several pictures of one submit end within a moment; the lists are read once. */
const SETTLE_MS = 400;

type LibraryProps = {
  initialFilters: LibraryFilters;
  models: ImageModelView[];
  /** What failed lately and why; shown above what failed. */
  failures: ReactNode;
  examples: string[];
};

/** Everything that was ever made: found by words and shape, chosen by box and key, kept, shared, taken out again. */
export function Library({ initialFilters, models: initialModels, failures, examples }: LibraryProps) {
  const t = useTranslations("library");
  const locale = useLocale();
  const router = useRouter();
  const { press } = useSent();
  const format = useFormatter();
  const models = useModels(initialModels);
  const [filters, changeFilters] = useLibraryFilters(initialFilters);
  const { bin, restore, favour, share } = useLibraryActs();
  const { data, isError, isPlaceholderData, refetch } = useLibraryList(filters);
  const items = data?.items ?? NO_ITEMS;
  const leaving = useLeaving();
  const all = useMemo(() => {
    const dayOf = (seconds: number) =>
      format.dateTime(new Date(seconds * 1000), {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
      });
    return listTiles(items, dayOf);
  }, [items, format]);
  const tiles = useMemo(
    () => (leaving.size === 0 ? all : all.filter(({ key }) => !leaving.has(key))),
    [all, leaving],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onTasks((tasks) => {
      updateDetails(tasks);
      clearTimeout(timer);
      timer = setTimeout(() => void refreshLibrary(), SETTLE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      clearSelection();
    };
  }, []);

  const isBin = filters.state === "bin";
  const [endedId, setEndedId] = useState<string | null>(null);
  const ended = useDetails(({ byTask }) => (endedId === null ? undefined : byTask[endedId]));
  const dialog = useLoaded(endedId !== null, loadEnded);
  const retry = ({ taskId }: LibraryTile) => {
    const task = useDetails.getState().byTask[taskId]?.task;
    if (!task || !canRetry(task, models)) {
      setEndedId(taskId);
      return;
    }
    void press(() => retryTask(task, { models, locale }));
    router.push(localizePath("/create", locale));
  };
  const handleKey = (key: string, tile: LibraryTile) => {
    const chosen = listChosen(tiles, useSelection.getState().selected);
    const some = chosen.length > 0 ? chosen : [tile];
    if ((key === "Delete" || key === "Backspace") && !isBin) {
      bin(some);
      return true;
    }
    if (key === "." && !isBin) {
      favour(some);
      return true;
    }
    if (key === "r" && tile.imageId === null) {
      retry(tile);
      return true;
    }
    return false;
  };

  const libraryHref = `${localizePath("/library", locale)}${writeFilters(filters)}`;
  return (
    <>
      <div className="flex items-baseline justify-between gap-4">
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <p className="numeric text-ink-3 text-sm" aria-live="polite">
          {data && t("count", { count: tiles.length })}
        </p>
      </div>
      <FilterBar filters={filters} models={models} onChange={changeFilters} />
      {filters.state === "failed" && failures}
      {isBin && tiles.length > 0 && <p className="pb-2 text-ink-2 text-sm">{t("binNote")}</p>}
      {isError && (!data || isPlaceholderData) ? (
        <LibraryError onRetry={() => void refetch()} />
      ) : data && tiles.length === 0 ? (
        <LibraryEmpty filters={filters} examples={examples} onChange={changeFilters} />
      ) : (
        <div aria-busy={!data || isPlaceholderData} className={isPlaceholderData ? "opacity-70" : undefined}>
          <PictureGrid
            tiles={tiles}
            isBin={isBin}
            onKey={handleKey}
            onOpenEnded={({ taskId }) => setEndedId(taskId)}
          />
        </div>
      )}
      {data?.isCut && <p className="py-4 text-center text-ink-3 text-sm">{t("cut")}</p>}
      <SelectionBar
        tiles={tiles}
        isBin={isBin}
        onFavourite={favour}
        onShare={share}
        onBin={bin}
        onRestore={restore}
      />
      {dialog && ended && (
        <dialog.EndedTask task={ended.task} models={models} onClose={() => setEndedId(null)} />
      )}
      {!isBin && <LibraryViewer tiles={tiles} models={models} libraryHref={libraryHref} />}
    </>
  );
}
