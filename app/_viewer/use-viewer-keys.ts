import type { KeyboardEvent } from "react";

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
  const byKey: Record<string, (() => void) | null> = {
    ArrowLeft: actions.onPrevious,
    ArrowRight: actions.onNext,
    r: actions.onRemix,
    p: actions.onUsePrompt,
    s: actions.onRemixWithSeed,
    d: actions.onDownload,
    i: actions.onToggleColumn,
    ".": actions.onFavourite,
  };
  return (event) => {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey && !event.shiftKey;
    // A panel that was opened from the viewer lies beside it on the page, and has keys of its own.
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
    const action = isPlain && isHere ? byKey[event.key] : null;
    if (action) {
      event.preventDefault();
      action();
    }
  };
}
