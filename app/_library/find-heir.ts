type Keyed = { key: string };

/**
 * After tiles went away: the place, among those that are left, of the one that took the place of this one: the next that
 * is still there, else the last before it. Null when it is still there itself, or nothing is left.
 */
export function findHeir(before: readonly Keyed[], after: readonly Keyed[], key: string): number | null {
  const places = new Map(after.map((tile, index) => [tile.key, index]));
  const place = before.findIndex((tile) => tile.key === key);
  if (place < 0 || places.has(key)) {
    return null;
  }
  const nearest = [...before.slice(place + 1), ...before.slice(0, place).toReversed()];
  const heir = nearest.find((tile) => places.has(tile.key));
  return (heir && places.get(heir.key)) ?? null;
}
