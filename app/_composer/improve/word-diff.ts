import { diffWords } from "diff";

export type DiffPart = { text: string; kind: "same" | "added" | "removed" };

/** What changed between two texts of one language, word by word; Chinese words are found by the segmenter. */
export function diffPrompts(before: string, after: string, language: "en" | "zh"): DiffPart[] {
  const changes =
    language === "zh"
      ? diffWords(before, after, { intlSegmenter: new Intl.Segmenter("zh", { granularity: "word" }) })
      : diffWords(before, after);
  return changes.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? "added" : removed ? "removed" : "same",
  }));
}
