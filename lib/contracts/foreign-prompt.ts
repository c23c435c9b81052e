const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Whether a prompt needs translating before FLUX, which reads English. */
export function isForeignToFlux(prompt: string): boolean {
  return CJK.test(prompt);
}
