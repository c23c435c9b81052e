import { describe, expect, it } from "vitest";
import { listNarrowing, NO_FILTERS, readFilters, toListQuery, writeFilters } from "./library-filters";

const read = (query: string) => readFilters(new URLSearchParams(query));

describe("filters in the address", () => {
  it("are the same written and read again", () => {
    const query = "?q=red+fox&model=flux-dev&ratio=16%3A9&fav=1&state=failed&from=2026-11-01&to=2026-11-23";
    expect(writeFilters(read(query))).toBe(query);
    expect(listNarrowing(read(query))).toEqual(["q", "model", "ratio", "isFavourite", "from", "to"]);
  });

  it("are not there when nothing is looked for", () => {
    expect(writeFilters(NO_FILTERS)).toBe("");
    expect(read("")).toEqual(NO_FILTERS);
    expect(listNarrowing(read("?q=%20"))).toEqual([]);
  });

  it("are left out when they are none", () => {
    expect(read("?model=dall-e&ratio=7:5&state=all&from=2026-13-01&to=today&fav=yes")).toEqual(NO_FILTERS);
    expect(read(`?q=${"x".repeat(500)}`).q).toHaveLength(200);
  });
});

describe("the server's question", () => {
  it("names the instants at which the reader's days begin and end", () => {
    const params = new URLSearchParams(toListQuery(read("?from=2026-11-23&to=2026-11-23")));
    const from = new Date(params.get("from") ?? "");
    const to = new Date(params.get("to") ?? "");
    expect(from).toEqual(new Date(2026, 10, 23));
    expect(to).toEqual(new Date(2026, 10, 24));
  });
});
