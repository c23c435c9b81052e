import type { ComponentType } from "react";
import { create } from "zustand";
import type { OVERLAYS } from "./overlays";

/** What lies over the page by a key of its own: one thing at a time, and mostly nothing. */
export const useOverlay = create<{ Overlay: ComponentType<{ onClose: () => void }> | null }>(() => ({
  Overlay: null,
}));

/** Lays something over the page. Its script comes when it is asked for. */
export function openOverlay(name: keyof typeof OVERLAYS): void {
  import("./overlays")
    .then((loaded) => useOverlay.setState({ Overlay: loaded.OVERLAYS[name] }))
    // No network: nothing opens, and the next press tries again.
    .catch(() => {});
}

export function closeOverlay(): void {
  useOverlay.setState({ Overlay: null });
}
