import { create } from "zustand";

type SelectionState = {
  selected: ReadonlySet<string>;
  /** Where a range begins: the tile that was last chosen by itself. */
  anchor: string | null;
};

export const useSelection = create<SelectionState>(() => ({ selected: new Set(), anchor: null }));

export function clearSelection(): void {
  useSelection.setState({ selected: new Set(), anchor: null });
}

/** Chooses a tile, or no longer. */
export function toggleTile(key: string): void {
  useSelection.setState(({ selected }) => {
    const next = new Set(selected);
    if (!next.delete(key)) {
      next.add(key);
    }
    return { selected: next, anchor: key };
  });
}

/** Adds all tiles from the anchor to this one, in the order in which they lie. */
export function selectRange(keys: readonly string[], key: string): void {
  useSelection.setState(({ selected, anchor }) => {
    const from = keys.indexOf(anchor ?? key);
    const to = keys.indexOf(key);
    const range = keys.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { selected: new Set([...selected, ...range]), anchor: anchor ?? key };
  });
}

/** Chooses exactly these. */
export function selectTiles(keys: Iterable<string>): void {
  useSelection.setState({ selected: new Set(keys) });
}
