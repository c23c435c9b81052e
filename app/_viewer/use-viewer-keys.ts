import { type KeyboardEvent, useEffect } from "react";
import { isFreeKey } from "@/app/_shell/is-free-key";

type ViewerKeys = {
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onRemix: () => void;
  onUsePrompt: () => void;
  onRemixWithSeed: () => void;
  onDownload: () => void;
  onToggleColumn: () => void;
  onFavourite: () => void;
};

/** The viewer's single keys. They are the ones that people know from other studios. */
export function useViewerKeys(actions: ViewerKeys): (event: KeyboardEvent) => void {
  return (event) => {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey && !event.shiftKey;
    // A panel that was opened from the viewer lies beside it on the page, and has keys of its own.
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (isPlain && isHere) {
      act(event, actions);
    }
  };
}

/** The same keys where the picture is the page. */
export function usePageKeys(actions: ViewerKeys): void {
  useEffect(() => {
    const handleKey = (event: globalThis.KeyboardEvent) => {
      if (isFreeKey(event) && !event.shiftKey) {
        act(event, actions);
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  });
}

function act(event: Pick<KeyboardEvent, "key" | "preventDefault">, actions: ViewerKeys): void {
  const action = findAction(event.key, actions);
  if (action) {
    event.preventDefault();
    action();
  }
}

function findAction(key: string, actions: ViewerKeys): (() => void) | null {
  switch (key) {
    case "ArrowLeft":
      return actions.onPrevious;
    case "ArrowRight":
      return actions.onNext;
    case "r":
      return actions.onRemix;
    case "p":
      return actions.onUsePrompt;
    case "s":
      return actions.onRemixWithSeed;
    case "d":
      return actions.onDownload;
    case "i":
      return actions.onToggleColumn;
    case ".":
      return actions.onFavourite;
    default:
      return null;
  }
}
