import "server-only";

/** The words of what was typed into a search; none of an empty one. */
export function splitWords(text = ""): string[] {
  return text.split(/\s+/).filter(Boolean);
}
