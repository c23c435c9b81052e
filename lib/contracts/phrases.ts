/** A piece of a proposal beside the piece of the person's text that it stands for; null where the model added it. */
export type Phrase = { source: string | null; target: string };

/** The phrases as one prompt of their language. */
export function joinPhrases(phrases: readonly Phrase[], language: "en" | "zh"): string {
  const text = phrases.map(({ target }) => target).join(language === "zh" ? "，" : ", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
