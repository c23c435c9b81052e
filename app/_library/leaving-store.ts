import { create } from "zustand";

/** Tiles that are gone from the list in view before the server has said so. */
const useStore = create<{ keys: ReadonlySet<string> }>(() => ({ keys: new Set() }));

export const useLeaving = () => useStore(({ keys }) => keys);

/** Takes tiles out of view until the answer is called: by then the list itself is without them, or they stay. */
export function leave(keys: readonly string[]): () => void {
  useStore.setState(({ keys: known }) => ({ keys: new Set([...known, ...keys]) }));
  const own = new Set(keys);
  return () =>
    useStore.setState(({ keys: known }) => ({ keys: new Set([...known].filter((key) => !own.has(key))) }));
}
