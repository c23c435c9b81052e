/** The odd outputs a run can end with; `plain` is what the model promises. */
export const OUTPUT_FORMS = [
  "plain",
  "null",
  "empty",
  "text",
  "object",
  "number",
  "other-host",
  "too-many",
  "too-few",
  "other-shape",
  "data-uri",
  "local-file",
] as const;
