import { type FocusEvent, type RefObject, useEffect, useRef, useState } from "react";
import { findHeir } from "./find-heir";
import type { Row } from "./justified-rows";
import type { LibraryTile } from "./library-tiles";

const HEADER_PIXELS = 120;

type TileFocusOptions = { tiles: readonly LibraryTile[]; rows: readonly Row<LibraryTile>[] };

/** Where the keyboard is among the tiles. It is led to tiles that are not drawn yet, and on from one that is taken away. */
export function useTileFocus(container: RefObject<HTMLElement | null>, { tiles, rows }: TileFocusOptions) {
  const [currentIndex, setCurrentIndex] = useState(0);
  const wantsFocus = useRef<string | null>(null);
  /** Whether the keyboard is on a tile, or in the bar of what can be done with the chosen ones. */
  const isHere = useRef(false);
  const known = useRef({ tiles, current: tiles[0] });
  const current = tiles[Math.min(currentIndex, tiles.length - 1)];

  const goTo = (index: number) => {
    const row = rows.find((one) => one.kind === "tiles" && one.tiles.some((tile) => tile.index === index));
    const tile = tiles[index];
    const top = container.current?.getBoundingClientRect().top ?? 0;
    if (!row || !tile) {
      return;
    }
    wantsFocus.current = tile.key;
    setCurrentIndex(index);
    const rowTop = top + row.top;
    if (rowTop < HEADER_PIXELS) {
      window.scrollBy(0, rowTop - HEADER_PIXELS);
    } else if (rowTop + row.height > window.innerHeight - HEADER_PIXELS) {
      window.scrollBy(0, rowTop + row.height - window.innerHeight + HEADER_PIXELS);
    }
  };

  useEffect(() => {
    const before = known.current;
    known.current = { tiles, current };
    const find = (key: string) => container.current?.querySelector<HTMLElement>(`[data-tile="${key}"]`);
    const isLost = isHere.current && document.activeElement === document.body;
    if (isLost && before.tiles !== tiles && before.current) {
      const heir = findHeir(before.tiles, tiles, before.current.key);
      if (heir !== null) {
        goTo(heir);
      }
    } else if (isLost && current && !find(current.key)) {
      // It was scrolled away with the keyboard on it, which is nobody's wish to be brought back.
      isHere.current = false;
    }
    // A tile that a key leads to may have to be drawn first.
    const target = wantsFocus.current && find(wantsFocus.current);
    if (target) {
      wantsFocus.current = null;
      target.focus({ preventScroll: true });
    }
  });

  const handlers = {
    onFocus: () => {
      isHere.current = true;
    },
    // React does not tell of the focus that goes with what it takes away: this is somebody's going elsewhere.
    onBlur: ({ relatedTarget }: FocusEvent) => {
      isHere.current = relatedTarget?.closest("[role=toolbar]") != null;
    },
  };
  return { current, currentIndex, setCurrentIndex, goTo, handlers };
}
