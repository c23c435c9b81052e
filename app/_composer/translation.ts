/** Kept in this browser; without a word of the person's, what FLUX cannot read is translated on its way. */
const STORAGE_KEY = "sunprint.translation";

/** What happens to a prompt that FLUX cannot read. */
export const TRANSLATIONS = ["always", "ask", "never"] as const;
export type Translation = (typeof TRANSLATIONS)[number];

export function readTranslation(): Translation {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return TRANSLATIONS.find((known) => known === stored) ?? "always";
  } catch {
    return "always";
  }
}

export function saveTranslation(translation: Translation): void {
  try {
    localStorage.setItem(STORAGE_KEY, translation);
  } catch {
    // Storage is full or forbidden: it is translated.
  }
}
