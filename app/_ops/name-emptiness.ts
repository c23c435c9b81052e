type Page = Record<"before" | "nextBefore", string | number | null>;

/** What it means that nothing is on a page: a search looks at so many rows for each. */
export function nameEmptiness({ before, nextBefore }: Page): "here" | "older" | "none" {
  if (nextBefore) {
    return "here";
  }
  return before ? "older" : "none";
}
