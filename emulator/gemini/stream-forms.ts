/** The ways a stream can go wrong on the way; the first is none. */
export const STREAM_FORMS = [
  "",
  "cut",
  "stall",
  "malformed",
  "comments",
  "done-marker",
  "split-characters",
  "error-midway",
  "blocked-midway",
  "no-finish",
] as const;
