/* Apart from the schemas, which stay out of the browser. */

/** What is handed in may have so many bytes: a photograph of a good phone. */
export const REFERENCE_BYTES_MAX = 10_000_000;
export const REFERENCE_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
