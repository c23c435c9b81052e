// A token is about four Latin letters; a Chinese character is most of one.
const PIECES = /[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9]{1,4}|\s+|[^\sA-Za-z0-9\u3400-\u9fff\uf900-\ufaff]/gu;

/** A text in token-like pieces; joined again they give the text. */
export function tokenPieces(text: string): string[] {
  const pieces: string[] = [];
  for (const [piece] of text.matchAll(PIECES)) {
    const previous = pieces.at(-1);
    // A space belongs to the word before it, as it would to the word after it upstream.
    if (/^\s+$/.test(piece) && previous !== undefined) {
      pieces[pieces.length - 1] = previous + piece;
    } else {
      pieces.push(piece);
    }
  }
  return pieces;
}

/** About how many tokens a text has. */
export function countTokens(text: string): number {
  return tokenPieces(text).length;
}

/** The beginning of a text that has at most so many tokens. */
export function firstTokens(text: string, tokensMax: number): string {
  const pieces = tokenPieces(text);
  return pieces.length <= tokensMax ? text : pieces.slice(0, tokensMax).join("");
}
