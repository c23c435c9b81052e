import { type RefObject, useEffect, useState } from "react";

/** In the page, folded into a bar over the stream, or unfolded over it. */
export type ComposerPlace = { isAway: boolean; heldHeight: number | null };

/** How far the stream is scrolled before the composer becomes a bar. */
const FOLD_AFTER_PIXELS = 120;

/**
 * Watches whether the composer's place in the page has been scrolled away. The height that it had there is held for it,
 * so that nothing below moves when it leaves.
 */
export function useComposerPlace(place: RefObject<HTMLElement | null>): ComposerPlace {
  const [state, setState] = useState<ComposerPlace>({ isAway: false, heldHeight: null });

  useEffect(() => {
    const element = place.current;
    if (!element) {
      return;
    }
    const sentinel = document.createElement("div");
    sentinel.style.cssText = `position:absolute;top:${FOLD_AFTER_PIXELS}px;height:1px;width:1px`;
    document.body.append(sentinel);
    const observer = new IntersectionObserver(([entry]) => {
      const isAway = entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 0;
      setState((last) =>
        last.isAway === isAway ? last : { isAway, heldHeight: isAway ? element.offsetHeight : null },
      );
    });
    observer.observe(sentinel);
    return () => {
      observer.disconnect();
      sentinel.remove();
    };
  }, [place]);

  return state;
}
