import { ACTIONS } from "./dictionary/actions.ts";
import { BEFORE_PLACES, EMPTY_WORDS, EXISTENCE, JOINS, PLACES, QUANTITIES } from "./dictionary/grammar.ts";
import { LIVING } from "./dictionary/living.ts";
import { QUALITIES } from "./dictionary/qualities.ts";
import { SCENERY } from "./dictionary/scenery.ts";
import { STYLES, TIMES } from "./dictionary/styles.ts";
import { THINGS } from "./dictionary/things.ts";

/** The part a word plays in a phrase. */
export type WordKind =
  | "noun"
  | "quality"
  | "action"
  | "style"
  | "time"
  | "quantity"
  | "place"
  | "before-place"
  | "join"
  | "existence"
  | "of"
  | "empty"
  | "foreign"
  | "unknown";

/** A word of a Chinese text with what it means. */
export interface Word {
  chinese: string;
  english: string;
  kind: WordKind;
}

const LISTS: readonly (readonly [WordKind, string])[] = [
  ["noun", SCENERY],
  ["noun", LIVING],
  ["noun", THINGS],
  ["quality", QUALITIES],
  ["action", ACTIONS],
  ["style", STYLES],
  ["time", TIMES],
  ["quantity", QUANTITIES],
  ["place", PLACES],
  ["before-place", BEFORE_PLACES],
  ["join", JOINS],
  ["existence", EXISTENCE],
  ["empty", EMPTY_WORDS],
  ["of", "的="],
];

// A pair ends where the next Chinese word or the line does; English may have spaces.
const PAIR =
  /([\p{Script=Han}0-9A-Z]+)=([^\n=]*?)(?=\s+[\p{Script=Han}0-9A-Z]*\p{Script=Han}[\p{Script=Han}0-9A-Z]*=|\s*$)/gmu;

const LEXICON = new Map<string, Word>();
for (const [kind, list] of LISTS) {
  for (const [, chinese = "", english = ""] of list.matchAll(PAIR)) {
    if (!LEXICON.has(chinese)) {
      LEXICON.set(chinese, { chinese, english: english.trim(), kind });
    }
  }
}

const LENGTH_MAX = Math.max(...[...LEXICON.keys()].map((chinese) => chinese.length));

/** How many words are known; a test keeps it from shrinking. */
export const LEXICON_SIZE = LEXICON.size;

/** Cuts Chinese into the longest words known; what is not known comes out in whole runs. */
export function segment(text: string): Word[] {
  const words: Word[] = [];
  let index = 0;
  while (index < text.length) {
    const latin = /^[A-Za-z0-9][A-Za-z0-9 '’.:%/+-]*[A-Za-z0-9%]|^[A-Za-z0-9]/.exec(text.slice(index))?.[0];
    const known = longestAt(text, index);
    if (known !== undefined) {
      words.push(known);
      index += known.chinese.length;
    } else if (latin !== undefined) {
      words.push({ chinese: latin, english: latin, kind: "foreign" });
      index += latin.length;
    } else {
      const letter = String.fromCodePoint(text.codePointAt(index) ?? 0);
      const previous = words.at(-1);
      if (previous?.kind === "unknown") {
        words[words.length - 1] = {
          chinese: previous.chinese + letter,
          english: previous.english + letter,
          kind: "unknown",
        };
      } else {
        words.push({ chinese: letter, english: letter, kind: "unknown" });
      }
      index += letter.length;
    }
  }
  return words.filter(({ chinese }) => chinese.trim() !== "");
}

function longestAt(text: string, index: number): Word | undefined {
  for (let length = Math.min(LENGTH_MAX, text.length - index); length > 0; length -= 1) {
    const word = LEXICON.get(text.slice(index, index + length));
    if (word !== undefined) {
      return word;
    }
  }
  return undefined;
}

const BACKWARDS = new Map<string, string>();
for (const { chinese, english, kind } of LEXICON.values()) {
  const isContent =
    kind === "noun" || kind === "quality" || kind === "style" || kind === "time" || kind === "action";
  if (isContent && english !== "" && !BACKWARDS.has(english.toLowerCase())) {
    BACKWARDS.set(english.toLowerCase(), chinese);
  }
}

/** The Chinese word for an English one or a short phrase, also in the singular; undefined when none is known. */
export function chineseFor(english: string): string | undefined {
  const key = english.toLowerCase();
  return (
    BACKWARDS.get(key) ??
    BACKWARDS.get(key.replace(/s$/, "")) ??
    BACKWARDS.get(`${key}s`) ??
    BACKWARDS.get(key.replace(/ies$/, "y"))
  );
}
