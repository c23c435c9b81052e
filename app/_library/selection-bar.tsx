"use client";

import { ArchiveRestore, Download, Heart, Trash2, Users, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { ShareChoice } from "@/app/_data/picture-actions";
import { ShareForm } from "@/app/_share/share-form";
import { showToast } from "@/app/_shell/toast-store";
import { IconButton } from "@/components/ui/icon-button";
import { PanelButton } from "@/components/ui/panel-button";
import { downloadZip } from "./download-zip";
import { focusTile } from "./focus-tile";
import { type LibraryTile, listChosen } from "./library-tiles";
import { clearSelection, useSelection } from "./selection-store";

type Chosen = readonly LibraryTile[];

type SelectionBarProps = {
  tiles: readonly LibraryTile[];
  isBin: boolean;
  onFavourite: (chosen: Chosen) => void;
  onShare: (chosen: Chosen, choice: ShareChoice) => void;
  onBin: (chosen: Chosen) => void;
  onRestore: (chosen: Chosen) => void;
};

/** What can be done with everything that is chosen. The tile that was pressed answers first, the bar with what time is left. */
export function SelectionBar({ tiles, isBin, ...actions }: SelectionBarProps) {
  const t = useTranslations("library");
  const selected = useDeferredValue(useSelection((state) => state.selected));
  const chosen = useMemo(() => listChosen(tiles, selected), [tiles, selected]);
  const isShown = chosen.length > 0;
  // When it goes with the focus on it, the keyboard goes on from its tile.
  useEffect(() => (isShown ? focusTile : undefined), [isShown]);
  if (!isShown) {
    return null;
  }
  const pictures = chosen.flatMap(({ imageId, taskId }) => (imageId ? [{ imageId, taskId }] : []));
  return (
    <div
      role="toolbar"
      aria-label={t("selection")}
      className="fixed inset-x-0 bottom-[calc(var(--spacing-tabs)+12px+env(safe-area-inset-bottom))] z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] animate-rise items-center gap-1 rounded-panel border border-line bg-sheet p-1.5 shadow-float lg:bottom-6 coarse:gap-3"
    >
      <span className="numeric px-3 text-sm" aria-live="polite">
        {t("chosen", { count: chosen.length })}
      </span>
      {!isBin && pictures.length > 0 && (
        <>
          <IconButton icon={Heart} label={t("favourite")} onClick={() => actions.onFavourite(chosen)} />
          <PanelButton
            label={t("share")}
            align="center"
            trigger={(trigger) => <IconButton icon={Users} label={t("share")} {...trigger} />}
          >
            {(close) => (
              <ShareForm
                initial={null}
                onChoose={(choice) => {
                  close();
                  actions.onShare(chosen, choice);
                }}
              />
            )}
          </PanelButton>
          <ZipButton pictures={pictures} />
        </>
      )}
      {isBin ? (
        <IconButton icon={ArchiveRestore} label={t("restore")} onClick={() => actions.onRestore(chosen)} />
      ) : (
        <IconButton icon={Trash2} label={t("delete")} onClick={() => actions.onBin(chosen)} />
      )}
      <IconButton icon={X} label={t("clearSelection")} onClick={clearSelection} />
    </div>
  );
}

function ZipButton({ pictures }: { pictures: { imageId: string; taskId: string }[] }) {
  const t = useTranslations("library");
  const [done, setDone] = useState<number | null>(null);
  const abandon = useRef<AbortController>(null);
  const begin = async () => {
    abandon.current = new AbortController();
    setDone(0);
    try {
      const { signal } = abandon.current;
      const missing = await downloadZip(pictures, { onProgress: setDone, signal });
      showToast(missing > 0 ? t("zipMissing", { count: missing }) : t("zipDone", { count: pictures.length }));
    } catch {
      showToast(abandon.current.signal.aborted ? t("zipStopped") : t("zipFailed"));
    } finally {
      setDone(null);
    }
  };
  if (done !== null) {
    return (
      <button
        type="button"
        onClick={() => abandon.current?.abort()}
        className="numeric touch-target rounded-control px-2 text-sm hover:bg-tray"
        title={t("zipStop")}
      >
        {t("zipProgress", { done, total: pictures.length })}
      </button>
    );
  }
  return <IconButton icon={Download} label={t("zip")} onClick={() => void begin()} />;
}
