import { isPlainText } from "@/lib/contracts/plain-text";

/** As long as an e-mail address may be. */
export const WORD_LENGTH_MAX = 254;

/** One value of the address's query, as it can be looked for; null for none. */
export function readWord(value: string | string[] | undefined): string | null {
  const text = typeof value === "string" ? value.trim() : "";
  return text !== "" && text.length <= WORD_LENGTH_MAX && isPlainText(text) ? text : null;
}
