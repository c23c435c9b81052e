/** What the layout needs of a tile. */
export type Shape = {
  key: string;
  ratio: number /** Tiles of one group stand under one heading. */;
  group: string;
};

export type PlacedTile<Tile> = { tile: Tile; index: number; left: number; width: number };
export type Row<Tile> = { top: number; height: number } & (
  | { kind: "heading"; group: string }
  | { kind: "tiles"; tiles: PlacedTile<Tile>[] }
);

export type RowOptions = { width: number; targetHeight: number; gap: number; headingHeight: number };

/** More would be too small to tell apart, and too many for the page. */
const TILES_MAX = 8;
/** How much higher than wished a row may be before its tiles are left ragged instead. */
const STRETCH_MAX = 1.35;

/**
 * Tiles in rows of one width, each row as high as makes it full: nothing is cropped, and their order is the order of
 * reading. All heights are known before anything is loaded, so the page's length never changes.
 */
export function justifyRows<Tile extends Shape>(tiles: readonly Tile[], options: RowOptions): Row<Tile>[] {
  const { gap, headingHeight } = options;
  const rows: Row<Tile>[] = [];
  let top = 0;
  let waiting: { tile: Tile; index: number }[] = [];
  const flush = (isLast: boolean) => {
    if (waiting.length > 0) {
      const row = placeRow(waiting, { ...options, top, isLast });
      rows.push(row);
      top += row.height + gap;
      waiting = [];
    }
  };
  let group: string | null = null;
  for (const [index, tile] of tiles.entries()) {
    if (tile.group !== group) {
      flush(true);
      group = tile.group;
      rows.push({ kind: "heading", group, top, height: headingHeight });
      top += headingHeight;
    }
    waiting.push({ tile, index });
    if (isFull(waiting, options)) {
      flush(false);
    }
  }
  flush(true);
  return rows;
}

function heightOf(tiles: readonly { tile: Shape }[], { width, gap }: RowOptions): number {
  const ratios = tiles.reduce((sum, { tile }) => sum + tile.ratio, 0);
  return (width - gap * (tiles.length - 1)) / ratios;
}

function isFull(tiles: readonly { tile: Shape }[], options: RowOptions): boolean {
  return tiles.length === TILES_MAX || heightOf(tiles, options) <= options.targetHeight;
}

function placeRow<Tile extends Shape>(
  tiles: readonly { tile: Tile; index: number }[],
  options: RowOptions & { top: number; isLast: boolean },
): Row<Tile> & { kind: "tiles" } {
  const full = heightOf(tiles, options);
  // The last row of a day is seldom full: its tiles keep the usual height rather than grow to the width.
  const isRagged = options.isLast && full > options.targetHeight * STRETCH_MAX;
  const height = Math.round(isRagged ? options.targetHeight : full);
  let left = 0;
  const placed = tiles.map(({ tile, index }, place) => {
    const isEnd = !isRagged && place === tiles.length - 1;
    const width = isEnd ? options.width - left : Math.round(height * tile.ratio);
    const result = { tile, index, left, width };
    left += width + options.gap;
    return result;
  });
  return { kind: "tiles", tiles: placed, top: options.top, height };
}

/** How long all rows are. */
export function lengthOf(rows: readonly Row<unknown>[]): number {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

/** The rows that reach into a stretch of the page, by halving: the first of them, and the one after the last. */
export function findRows(
  rows: readonly Row<unknown>[],
  from: number,
  to: number,
): { start: number; end: number } {
  const firstAfter = (isAfter: (row: Row<unknown>) => boolean) => {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row && isAfter(row)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  return {
    start: firstAfter((row) => row.top + row.height > from),
    end: firstAfter((row) => row.top >= to),
  };
}
