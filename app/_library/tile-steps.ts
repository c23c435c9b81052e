import type { Row } from "./justified-rows";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 } as const;

/** The place of the tile that a key leads to from another; null when there is none, or the key leads nowhere. */
export function stepFrom<Tile>(rows: readonly Row<Tile>[], index: number, key: string): number | null {
  const lines = rows.flatMap((row) => (row.kind === "tiles" ? [row.tiles] : []));
  const last = lines.at(-1)?.at(-1)?.index ?? 0;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const next = index + STEPS[key];
    return next >= 0 && next <= last ? next : null;
  }
  if (key === "Home" || key === "End") {
    return key === "Home" ? 0 : last;
  }
  if (key !== "ArrowUp" && key !== "ArrowDown") {
    return null;
  }
  const lineNumber = lines.findIndex((line) => line.some((tile) => tile.index === index));
  const from = lines[lineNumber]?.find((tile) => tile.index === index);
  const line = lines[lineNumber + (key === "ArrowUp" ? -1 : 1)];
  if (!from || !line) {
    return null;
  }
  const centre = from.left + from.width / 2;
  const distance = ({ left, width }: { left: number; width: number }) => Math.abs(left + width / 2 - centre);
  return line.reduce((best, tile) => (distance(tile) < distance(best) ? tile : best)).index;
}
