// The schemas that enforce these stay on the server: their library is larger than the whole studio.
export const SEARCH_LENGTH_MAX = 200;
export const LIBRARY_STATES = ["made", "failed", "bin"] as const;
export type LibraryState = (typeof LIBRARY_STATES)[number];
