import { flushSync } from "react-dom";

/** The stage's picture has it always; a tile's only while the browser takes its picture of the page. */
const NAME = "picture";

/**
 * Shows the viewer with the pressed tile's picture growing into the stage. A browser that cannot do that, a reader who wants
 * no motion, and a picture whose tile is not on the page have the viewer at once.
 */
export function growPicture(imageId: string, show: () => void): void {
  const tile = document.querySelector<HTMLElement>(`[data-picture="${imageId}"] img`);
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (tile === null || isStill || !("startViewTransition" in document)) {
    show();
    return;
  }
  tile.style.viewTransitionName = NAME;
  const { ready } = document.startViewTransition(() => {
    tile.style.viewTransitionName = "";
    flushSync(show);
  });
  // Left out, as in a tab that nobody sees, it has shown the viewer all the same.
  ready.catch(() => {});
}
