import { useState } from "react";
import { isRecord } from "@/app/_data/json";
import { readApi } from "@/app/_data/problem-error";
import { createResource } from "@/app/_data/resource";
import type { LibraryList } from "@/lib/contracts/library";
import { type LibraryFilters, NO_FILTERS, toListQuery, writeFilters } from "./library-filters";

/** Events say when something changed; this is for what happened while nobody listened. */
const FRESH_MS = 30_000;
/** Lists of other filters that are kept, so that the way back is at once. */
const LISTS_MAX = 12;

function isLibraryList(value: unknown): value is LibraryList {
  return isRecord(value) && Array.isArray(value.items) && typeof value.isCut === "boolean";
}

const createList = (filters: LibraryFilters) =>
  createResource<LibraryList>({
    load: (signal) => readApi(`/api/library${toListQuery(filters)}`, isLibraryList, { signal }),
    freshMs: FRESH_MS,
  });

const lists = new Map<string, ReturnType<typeof createList>>();

function listFor(filters: LibraryFilters) {
  const key = writeFilters(filters);
  const list = lists.get(key) ?? createList(filters);
  lists.delete(key);
  lists.set(key, list);
  const [oldest] = lists.keys();
  if (lists.size > LISTS_MAX && oldest !== undefined) {
    lists.delete(oldest);
  }
  return list;
}

/** The ids and shapes of all that matches; what was there before stays until the answer is. */
export function useLibraryList(filters: LibraryFilters) {
  const list = listFor(filters);
  const { data, isFailed } = list.useData();
  const [shown, setShown] = useState(data);
  if (data && data !== shown) {
    setShown(data);
  }
  return {
    data: data ?? shown,
    isPlaceholderData: data === undefined && shown !== undefined,
    isError: isFailed,
    refetch: list.refresh,
  };
}

/** The pictures that are favourites now, wherever they were marked: tiles that nobody has looked at do not know it. */
export async function listFavourites(): Promise<ReadonlySet<string>> {
  const query = toListQuery({ ...NO_FILTERS, isFavourite: true });
  const { items } = await readApi(`/api/library${query}`, isLibraryList);
  return new Set(items.flatMap(({ images }) => images));
}

/** Reads all lists anew: something came, left, or became a favourite. */
export async function refreshLibrary(): Promise<void> {
  await Promise.all([...lists.values()].map((list) => list.refresh()));
}
