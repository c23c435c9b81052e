import { composePhrase } from "./compose-phrase.ts";
import { chineseFor, segment } from "./lexicon.ts";

/** A piece of a text and what became of it; an empty source means the piece was added. */
export interface PhrasePair {
  source: string;
  target: string;
}

// Lettering inside the picture stays as it is written.
const QUOTED = /[“"「『][^”"」』]*[”"」』]/g;
const BETWEEN = /[，。；：、！？,.;:!?\n]+/;
const OPENING = /^(?:请|帮我|给我|我想要|我要)*(?:画|生成|绘制|创作|制作|来)(?=一|两|三|几|个|张|幅|只|出)/;

/** Whether a text is written in Chinese, wholly or mostly. */
export function isChinese(text: string): boolean {
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  return characters > 0 && characters * 3 >= letters;
}

/** A Chinese prompt in English, clause by clause. */
export function toEnglish(text: string): PhrasePair[] {
  const quotes: string[] = [];
  const marked = text.trim().replaceAll(QUOTED, (quote) => {
    quotes.push(`"${quote.slice(1, -1)}"`);
    return `Quote${quotes.length}Mark`;
  });
  const pairs: PhrasePair[] = [];
  for (const clause of marked.split(BETWEEN)) {
    const source = clause.trim();
    const english = composePhrase(segment(source.replace(OPENING, "")));
    if (source !== "" && english !== "") {
      pairs.push({ source: restore(source, quotes), target: restore(english, quotes) });
    }
  }
  return pairs;
}

function restore(text: string, quotes: readonly string[]): string {
  return text.replaceAll(/Quote(\d+)Mark/g, (mark, number) => quotes[Number(number) - 1] ?? mark);
}

/** The pairs' targets as one prompt, its first letter a capital. */
export function joinPairs(pairs: readonly PhrasePair[], separator: string): string {
  const text = pairs.map(({ target }) => target).join(separator);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An English prompt in Chinese, word by word; words nobody knows stay English. */
export function toChinese(text: string): PhrasePair[] {
  const pairs: PhrasePair[] = [];
  for (const clause of text.split(/[,.;:!?\n]+/)) {
    const source = clause.trim();
    if (source !== "") {
      pairs.push({ source, target: clauseToChinese(source) });
    }
  }
  return pairs;
}

const IGNORED = new Set([
  "a",
  "an",
  "the",
  "of",
  "is",
  "are",
  "its",
  "with",
  "and",
  "to",
  "by",
  "for",
  "over",
  "under",
  "in",
  "on",
  "at",
  "from",
]);
const WINDOW_WORDS_MAX = 4;

const PLACE = /^(.+?) (in|on|under|beside|behind|above|inside|among) (?:(?:the|a|an) )?(.+)$/i;
const PLACE_WORDS: Record<string, string> = {
  in: "中",
  on: "上",
  under: "下",
  beside: "旁",
  behind: "后",
  above: "上方",
  inside: "里",
  among: "间",
};
const TIME =
  /^(.+?) ((?:at|in the|on a|in) (?:dawn|daybreak|sunrise|morning|noon|afternoon|evening|dusk|sunset|night|midnight|spring|summer|autumn|winter|rainy night|snowy night|moonlit night))$/i;

/** "a fox in the snow at dawn": Chinese has the time first, then the place, then the thing. */
function clauseToChinese(clause: string): string {
  const [, timeless, time = ""] = TIME.exec(clause) ?? [];
  if (timeless !== undefined) {
    return `${chineseFor(time) ?? ""}${clauseToChinese(timeless)}`;
  }
  const [, thing, preposition = "", place = ""] = PLACE.exec(clause) ?? [];
  if (thing !== undefined) {
    return `${wordsToChinese(place)}${PLACE_WORDS[preposition.toLowerCase()] ?? ""}的${wordsToChinese(thing)}`;
  }
  return wordsToChinese(clause);
}

function wordsToChinese(clause: string): string {
  const words = clause.split(/\s+/);
  let chinese = "";
  let index = 0;
  while (index < words.length) {
    let taken = 1;
    let found: string | undefined;
    for (
      let length = Math.min(WINDOW_WORDS_MAX, words.length - index);
      length > 0 && found === undefined;
      length -= 1
    ) {
      found = chineseFor(words.slice(index, index + length).join(" "));
      taken = found === undefined ? 1 : length;
    }
    const word = words[index] ?? "";
    if (found !== undefined) {
      chinese += found;
    } else if (!IGNORED.has(word.toLowerCase())) {
      chinese += /\p{Script=Han}$/u.test(chinese) || chinese === "" ? word : ` ${word}`;
    }
    index += taken;
  }
  return chinese;
}
