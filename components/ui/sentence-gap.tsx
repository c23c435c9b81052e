import { useLocale } from "next-intl";

/** What parts two sentences: a space, but in Chinese, whose full stop brings its own. */
export function SentenceGap() {
  return useLocale() === "zh" ? null : " ";
}
