/* Apart from the schemas, which stay out of the browser. */

/** A longer text stays in its browser: five times what can be made of it. */
export const DRAFT_TEXT_LENGTH_MAX = 10_000;
