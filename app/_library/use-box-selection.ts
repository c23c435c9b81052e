import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Row } from "./justified-rows";
import type { LibraryTile } from "./library-tiles";
import { selectTiles, useSelection } from "./selection-store";

type Point = { x: number; y: number };
export type Box = { left: number; top: number; width: number; height: number };

/** Less is a click with an unsteady hand. */
const DRAG_PIXELS_MIN = 6;
const EDGE_PIXELS = 48;
const EDGE_STEP_PIXELS = 24;

/**
 * A box drawn with the mouse chooses the tiles that it touches, also those that have scrolled away; with Shift, Ctrl or
 * Cmd it adds them. Positions are the layout's own, so a tile need not be on the page.
 */
export function useBoxSelection(container: RefObject<HTMLElement | null>, rows: readonly Row<LibraryTile>[]) {
  const [box, setBox] = useState<Box | null>(null);
  const start = useRef<(Point & { kept: ReadonlySet<string> }) | null>(null);
  const isDragging = useRef(false);

  const pointOf = (event: PointerEvent): Point => {
    const rect = container.current?.getBoundingClientRect();
    return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    isDragging.current = false;
    const isOnButton = event.target instanceof Element && event.target.closest("button, input") !== null;
    if (event.pointerType === "mouse" && event.button === 0 && !isOnButton) {
      const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
      start.current = { ...pointOf(event), kept: isAdding ? useSelection.getState().selected : new Set() };
    }
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const from = start.current;
    if (!from) {
      return;
    }
    const to = pointOf(event);
    if (!isDragging.current) {
      if (Math.hypot(to.x - from.x, to.y - from.y) < DRAG_PIXELS_MIN) {
        return;
      }
      isDragging.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    if (event.clientY < EDGE_PIXELS) {
      window.scrollBy(0, -EDGE_STEP_PIXELS);
    } else if (event.clientY > window.innerHeight - EDGE_PIXELS) {
      window.scrollBy(0, EDGE_STEP_PIXELS);
    }
    const drawn = boxBetween(from, to);
    setBox(drawn);
    selectTiles([...from.kept, ...listTouched(rows, drawn)]);
  };

  const onPointerUp = () => {
    start.current = null;
    setBox(null);
  };

  return {
    box,
    /** The click that ends a drag opens nothing. Asked once a click. */
    wasDragged: () => {
      const was = isDragging.current;
      isDragging.current = false;
      return was;
    },
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  };
}

function boxBetween(from: Point, to: Point): Box {
  return {
    left: Math.min(from.x, to.x),
    top: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

function listTouched(rows: readonly Row<LibraryTile>[], box: Box): string[] {
  return rows.flatMap((row) =>
    row.kind === "tiles" && row.top < box.top + box.height && row.top + row.height > box.top
      ? row.tiles
          .filter(({ left, width }) => left < box.left + box.width && left + width > box.left)
          .map(({ tile }) => tile.key)
      : [],
  );
}
