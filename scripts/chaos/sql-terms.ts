/** A part of a text: from where, and up to where without it. */
export type Span = { from: number; to: number };
type Token = Span & { word: string };

const TOKEN = /--[^\n]*|'(?:[^']|'')*'|\$\$|\w+|\S/g;
const STARTS = new Set(["where", "if", "elsif"]);
/** What ends a condition, where no bracket and no case is open. */
const ENDS = new Set("; $$ order group limit returning for union then loop on into".split(" "));

/**
 * The terms of each condition of a text of SQL that has several: of a choice of rows ("where") and of a branch. Each with what
 * takes it away from the others: "true" where they are joined by "and", "false" where by "or".
 */
export function findTerms(text: string): (Span & { instead: string })[] {
  const tokens = [...text.matchAll(TOKEN)]
    .map((match) => ({ word: match[0].toLowerCase(), from: match.index, to: match.index + match[0].length }))
    .filter(({ word }) => !word.startsWith("--"));
  return tokens.flatMap(({ word }, index) => {
    // "end if" starts nothing.
    if (!STARTS.has(word) || tokens[index - 1]?.word === "end") {
      return [];
    }
    const condition = outermost(tokens.slice(index + 1));
    const alternatives = split(condition, "or");
    return alternatives.length > 1
      ? alternatives.map((term) => ({ ...term, instead: "false" }))
      : split(condition, "and").map((term) => ({ ...term, instead: "true" }));
  });
}

/** The words up to the end of a condition; what is in a bracket or a case is one word with it. */
function outermost(tokens: readonly Token[]): Token[] {
  const words: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    const isInside = depth > 0;
    if (token.word === "(" || token.word === "case") {
      depth += 1;
    } else if (token.word === ")" || token.word === "end") {
      depth -= 1;
    }
    if (depth < 0 || (!isInside && ENDS.has(token.word))) {
      break;
    }
    const last = words.at(-1);
    if (isInside && last) {
      last.to = token.to;
    } else {
      words.push({ ...token });
    }
  }
  return words;
}

/** What stands between the joining words, if there are any. */
function split(words: readonly Token[], joint: "and" | "or"): Span[] {
  const terms: Span[] = [];
  let isOpen = false;
  let isRange = false;
  for (const { word, from, to } of words) {
    if (word === joint && !isRange) {
      isOpen = false;
      continue;
    }
    // The "and" of a range joins no terms.
    isRange = word === "between" || (isRange && word !== "and");
    const term = terms.at(-1);
    if (isOpen && term) {
      term.to = to;
    } else {
      terms.push({ from, to });
      isOpen = true;
    }
  }
  return terms.length > 1 ? terms : [];
}
