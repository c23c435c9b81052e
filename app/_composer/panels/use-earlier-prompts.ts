import { useMemo, useState } from "react";
import { isRecord } from "@/app/_data/json";
import { readApi } from "@/app/_data/problem-error";
import { createResource } from "@/app/_data/resource";
import type { EarlierPrompts } from "@/lib/contracts/library";

function isEarlierPrompts(value: unknown): value is EarlierPrompts {
  return isRecord(value) && Array.isArray(value.prompts) && typeof value.isCut === "boolean";
}

/** The person's earlier prompts that have these words; those of the words before stay until the answer is there. */
export function useEarlierPrompts(words: string) {
  const list = useMemo(() => {
    const query = words === "" ? "" : `?q=${encodeURIComponent(words)}`;
    return createResource<EarlierPrompts>({
      load: (signal) => readApi(`/api/library/prompts${query}`, isEarlierPrompts, { signal }),
    });
  }, [words]);
  const { data, isFailed } = list.useData();
  const [shown, setShown] = useState(data);
  if (data && data !== shown) {
    setShown(data);
  }
  return { found: data ?? shown, isLoading: !data && !isFailed, isFailed, retry: list.refresh };
}
