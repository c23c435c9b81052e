import { useEffect, useState } from "react";

/** What is loaded once it is wanted; null until it is there. Without a network nothing comes, and nothing breaks. */
export function useLoaded<Loaded>(isWanted: boolean, load: () => Promise<Loaded>): Loaded | null {
  const [loaded, setLoaded] = useState<{ value: Loaded } | null>(null);
  const isMissing = isWanted && loaded === null;
  useEffect(() => {
    if (isMissing) {
      load()
        .then((value) => setLoaded({ value }))
        .catch(() => {});
    }
  }, [isMissing, load]);
  return loaded?.value ?? null;
}
