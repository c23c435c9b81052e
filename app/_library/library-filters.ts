import { isImageModelId } from "@/lib/ai-gateway-utils";
import { ASPECT_RATIOS, type AspectRatio } from "@/lib/contracts/aspect-ratios";
import { LIBRARY_STATES, type LibraryState, SEARCH_LENGTH_MAX } from "./library-limits";

/** What is looked for. All of it is in the address, so that a search can be kept and sent on. */
export type LibraryFilters = {
  q: string;
  model: string | null;
  ratio: AspectRatio | null;
  isFavourite: boolean;
  state: LibraryState;
  /** Days of the reader's own calendar, `2026-11-23`; both included. */
  from: string | null;
  to: string | null;
};

export const NO_FILTERS: LibraryFilters = {
  q: "",
  model: null,
  ratio: null,
  isFavourite: false,
  state: "made",
  from: null,
  to: null,
};

const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The filters that an address names. What is none is left out, whoever wrote it. */
export function readFilters(params: URLSearchParams): LibraryFilters {
  const model = params.get("model");
  const state = params.get("state");
  const day = (name: string) => {
    const text = params.get(name);
    return text && DAY.test(text) ? text : null;
  };
  return {
    q: (params.get("q") ?? "").slice(0, SEARCH_LENGTH_MAX),
    model: model && isImageModelId(model) ? model : null,
    ratio: ASPECT_RATIOS.find((ratio) => ratio === params.get("ratio")) ?? null,
    isFavourite: params.get("fav") === "1",
    state: LIBRARY_STATES.find((known) => known === state) ?? "made",
    from: day("from"),
    to: day("to"),
  };
}

/** The filters as an address's query, with its question mark; nothing for none. */
export function writeFilters(filters: LibraryFilters): string {
  const params = new URLSearchParams();
  const { q, model, ratio, isFavourite, state, from, to } = filters;
  const values = { q: q.trim(), model, ratio, fav: isFavourite ? "1" : "", state, from, to };
  for (const [name, value] of Object.entries(values)) {
    if (value && value !== NO_FILTERS.state) {
      params.set(name, value);
    }
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** The same for the server, which knows instants and no calendars. */
export function toListQuery({ from, to, ...filters }: LibraryFilters): string {
  const params = new URLSearchParams(writeFilters({ ...filters, from: null, to: null }));
  if (from) {
    params.set("from", new Date(`${from}T00:00`).toISOString());
  }
  if (to) {
    const end = new Date(`${to}T00:00`);
    end.setDate(end.getDate() + 1);
    params.set("to", end.toISOString());
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** The filters that narrow a list, by name; the place (made, failed, bin) is none of them. */
export function listNarrowing(
  filters: LibraryFilters,
): ("q" | "model" | "ratio" | "isFavourite" | "from" | "to")[] {
  const names = ["q", "model", "ratio", "isFavourite", "from", "to"] as const;
  return names.filter((name) => (name === "q" ? filters.q.trim() !== "" : Boolean(filters[name])));
}
