import { useEffect, useRef } from "react";
import { isFreeCommand } from "@/app/_shell/is-free-key";
import { focusTile } from "./focus-tile";
import { selectTiles } from "./selection-store";

/** Ctrl or ⌘ and A chooses every tile, wherever on the page the keyboard is; the other keys go on from the tiles. */
export function useChooseAll(keys: readonly string[]): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (isFreeCommand(event, "a")) {
        event.preventDefault();
        selectTiles(latest.current);
        focusTile();
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  }, []);
}
