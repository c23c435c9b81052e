"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import { pictureHref, pushPicture } from "@/app/_viewer/open-picture";
import { localizePath } from "@/i18n/localize-path";
import type { Locale } from "@/i18n/routing";
import { useDetails, wantDetails } from "./detail-store";
import { justifyRows, lengthOf } from "./justified-rows";
import type { LibraryTile } from "./library-tiles";
import { clearSelection, selectRange, toggleTile, useSelection } from "./selection-store";
import { Tile } from "./tile";
import { stepFrom } from "./tile-steps";
import { useBoxSelection } from "./use-box-selection";
import { useChooseAll } from "./use-choose-all";
import { useTileFocus } from "./use-tile-focus";
import { useVisibleRows, useWidth } from "./use-visible-rows";

const PHONE_WIDTH_MAX = 640;

type PictureGridProps = {
  tiles: readonly LibraryTile[];
  /** What is in the bin is not opened: a press chooses it. */
  isBin: boolean;
  /** Single keys of the page (favourite, delete) that act on a tile. */
  onKey: (key: string, tile: LibraryTile) => boolean;
  /** A task that brought no picture has no page of its own: it is shown over the library. */
  onOpenEnded: (tile: LibraryTile) => void;
};

/** All tiles by day, in full rows. Only the rows that can be seen are on the page. */
export function PictureGrid({ tiles, isBin, onKey, onOpenEnded }: PictureGridProps) {
  const t = useTranslations("library");
  const locale = useLocale();
  const container = useRef<HTMLDivElement>(null);
  const width = useWidth(container);
  const byTask = useDetails((state) => state.byTask);
  const isSelecting = useSelection(({ selected }) => selected.size > 0);
  const keys = useMemo(() => tiles.map(({ key }) => key), [tiles]);
  useChooseAll(keys);
  const rows = useMemo(() => {
    const isPhone = (width ?? 0) < PHONE_WIDTH_MAX;
    return width === null
      ? []
      : justifyRows(tiles, {
          width,
          targetHeight: isPhone ? 128 : 220,
          gap: isPhone ? 4 : 8,
          headingHeight: 44,
        });
  }, [tiles, width]);
  const visible = useVisibleRows(container, rows);
  const { box, wasDragged, handlers } = useBoxSelection(container, rows);
  const { current, currentIndex, setCurrentIndex, goTo, ...focus } = useTileFocus(container, { tiles, rows });

  const visibleTasks = visible.flatMap((row) =>
    row.kind === "tiles" ? row.tiles.map(({ tile }) => tile.taskId) : [],
  );
  const visibleKey = visibleTasks.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was forgotten while on screen is asked for again.
  useEffect(() => wantDetails(visibleKey.split(",").filter(Boolean)), [visibleKey, byTask]);

  const open = (event: MouseEvent, tile: LibraryTile) => {
    if (wasDragged()) {
      event.preventDefault();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || event.button !== 0) {
      return;
    }
    event.preventDefault();
    if (event.shiftKey) {
      selectRange(keys, tile.key);
    } else if (isSelecting || isBin) {
      toggleTile(tile.key);
    } else if (tile.imageId) {
      pushPicture(pictureHref(tile.imageId, locale));
    } else {
      onOpenEnded(tile);
    }
  };

  const handleKey = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !current) {
      return;
    }
    const next = stepFrom(rows, currentIndex, event.key);
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey && tiles[next]) {
        selectRange(keys, current.key);
        selectRange(keys, tiles[next].key);
      }
      goTo(next);
    } else if (event.key === "Escape" && isSelecting) {
      clearSelection();
    } else if (event.key === " " && event.target instanceof HTMLAnchorElement) {
      event.preventDefault();
      toggleTile(current.key);
    } else if (onKey(event.key, current)) {
      event.preventDefault();
    }
  };

  // Tiles are drawn again only for what changes of their own, so their actions stay the same functions.
  const latest = useRef({ open, keys });
  useEffect(() => {
    latest.current = { open, keys };
  });
  const [actions] = useState(() => ({
    onOpen: (event: MouseEvent, tile: LibraryTile) => latest.current.open(event, tile),
    onToggle: ({ key }: LibraryTile, isRange: boolean) =>
      isRange ? selectRange(latest.current.keys, key) : toggleTile(key),
    onFocus: setCurrentIndex,
  }));

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys and strokes bubble up from the tiles, which are links
    <section
      ref={container}
      aria-label={t("pictures")}
      // While something is chosen, a press chooses instead of opening, and every tile shows its box.
      data-selecting={isSelecting || undefined}
      className="group/grid relative min-h-[60dvh] touch-pan-y"
      style={{ height: lengthOf(rows) }}
      onKeyDown={handleKey}
      {...handlers}
      {...focus.handlers}
    >
      {visible.map((row) =>
        row.kind === "heading" ? (
          <h2
            key={`day-${row.top}`}
            className="absolute left-0 flex items-end pb-2 font-medium text-ink-2 text-sm"
            style={{ top: row.top, height: row.height }}
          >
            {row.group}
          </h2>
        ) : (
          <ul
            key={row.tiles[0]?.tile.key}
            aria-label={t("row")}
            className="absolute inset-x-0"
            style={{ top: row.top, height: row.height }}
          >
            {row.tiles.map(({ tile, index, left, width: tileWidth }) => (
              <Tile
                key={tile.key}
                tile={tile}
                index={index}
                detail={byTask[tile.taskId]}
                left={left}
                width={tileWidth}
                height={row.height}
                href={hrefOf(tile, isBin, locale)}
                isCurrent={tile === current}
                {...actions}
              />
            ))}
          </ul>
        ),
      )}
      {box && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute border border-prussian bg-prussian/15"
          style={box}
        />
      )}
    </section>
  );
}

/** A picture's own page; of one in the bin, which has none, and of a task that brought none, the receipt. */
function hrefOf({ imageId, taskId }: LibraryTile, isBin: boolean, locale: Locale): string {
  return imageId && !isBin
    ? pictureHref(imageId, locale)
    : localizePath(`/credits/receipts/${taskId}`, locale);
}
