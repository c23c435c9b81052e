import type { LibraryItem } from "@/lib/contracts/library";
import type { Shape } from "./justified-rows";

/** One picture, or one task that brought none. */
export type LibraryTile = Shape & {
  /** The picture's id, else the task's. */
  key: string;
  taskId: string;
  imageId: string | null;
};

/** The tiles of a list, grouped by day. `dayOf` names the day of an instant in the reader's words. */
export function listTiles(items: readonly LibraryItem[], dayOf: (seconds: number) => string): LibraryTile[] {
  let lastQuarter = Number.NaN;
  let group = "";
  return items.flatMap(({ id, width, height, at, images }): LibraryTile[] => {
    // Naming a day costs more than all the rest; within a quarter of an hour it is the same one, whatever the time zone's offset.
    const quarterHour = Math.floor(at / 900);
    if (quarterHour !== lastQuarter) {
      lastQuarter = quarterHour;
      group = dayOf(at);
    }
    const ratio = width / height;
    return images.length === 0
      ? [{ key: id, taskId: id, imageId: null, ratio, group }]
      : images.map((imageId) => ({ key: imageId, taskId: id, imageId, ratio, group }));
  });
}

/** The chosen ones among tiles, in the order in which they lie. */
export function listChosen(tiles: readonly LibraryTile[], selected: ReadonlySet<string>): LibraryTile[] {
  return selected.size === 0 ? [] : tiles.filter(({ key }) => selected.has(key));
}
