import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { findRows, type Row } from "./justified-rows";

/** Rows just outside are there before they are seen. */
const MARGIN_PIXELS = 160;

/** Server rendering has no layout; the effect runs in the browser alone. */
const useBrowserLayoutEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

/** How wide an element is; null until it is on the page. */
export function useWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useBrowserLayoutEffect(() => {
    const target = element.current;
    if (!target) {
      return;
    }
    setWidth(Math.floor(target.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(target.clientWidth)));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** The rows that can be seen, and a little around them. Scrolling draws again only when another row comes into view. */
export function useVisibleRows<Tile>(
  container: RefObject<HTMLElement | null>,
  rows: readonly Row<Tile>[],
): readonly Row<Tile>[] {
  const [range, setRange] = useState({ start: 0, end: 0 });
  useBrowserLayoutEffect(() => {
    const look = () => {
      const top = container.current?.getBoundingClientRect().top ?? 0;
      const next = findRows(rows, -top - MARGIN_PIXELS, -top + window.innerHeight + MARGIN_PIXELS);
      setRange((known) => (known.start === next.start && known.end === next.end ? known : next));
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [container, rows]);
  return rows.slice(range.start, range.end);
}
