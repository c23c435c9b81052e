import type { Word } from "./lexicon.ts";

/** The English of one Chinese clause: modifiers, places and subjects put where English has them. */
export function composePhrase(words: readonly Word[]): string {
  const useful = words.filter(({ kind }) => kind !== "empty");
  return tidy(phrase(useful));
}

function tidy(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\ba (?=[aeiou])/gi, (article) => `${article.slice(0, 1)}n `)
    .replaceAll(/\b(the) (the|a|an|one|two|three|several|some)\b/g, "$2")
    .replaceAll(/\b(\w+) \1\b/g, "$1")
    .trim();
}

function phrase(words: readonly Word[]): string {
  const time = words.findIndex(({ kind }) => kind === "time");
  if (time >= 0 && words.length > 1) {
    // "清晨的森林": what happens at a time stands before its time in English.
    const rest = words.filter((_, index) => index !== time);
    const bare = rest[time]?.kind === "of" ? rest.filter((_, index) => index !== time) : rest;
    return `${phrase(bare)} ${words[time]?.english ?? ""}`;
  }
  const join = words.findIndex(({ kind }) => kind === "join");
  if (join > 0 && join < words.length - 1) {
    return joined(words, join);
  }
  const there = words.findIndex(({ kind }) => kind === "existence");
  if (there > 0) {
    return existence(words.slice(0, there), words[there]?.english ?? "with", words.slice(there + 1));
  }
  const of = words.findLastIndex(({ kind }, index) => kind === "of" && index < words.length - 1);
  if (of > 0) {
    return modified(words.slice(0, of), words.slice(of + 1));
  }
  return sentence(words.filter(({ kind }) => kind !== "of"));
}

/** "A 和 B": joined where both sides are plain; a modifier before the first belongs to it alone. */
function joined(words: readonly Word[], at: number): string {
  return `${phrase(words.slice(0, at))} ${words[at]?.english ?? "and"} ${phrase(words.slice(at + 1))}`;
}

/** "山上有一座寺庙": the thing first, then where it is; "有" after a subject is "with". */
function existence(place: readonly Word[], link: string, thing: readonly Word[]): string {
  return endsWithPlace(place)
    ? `${phrase(thing)} ${locative(place)}`
    : `${phrase(place)} ${link} ${phrase(thing)}`;
}

/** "M 的 H". */
function modified(modifier: readonly Word[], head: readonly Word[]): string {
  const noun = phrase(head);
  const quantityAt = modifier.findIndex(({ kind }) => kind === "quantity");
  const quantity = quantityAt === 0 ? (modifier[0]?.english ?? "") : "";
  const bare = quantityAt === 0 ? modifier.slice(1) : modifier;
  if (bare.length === 0) {
    return `${quantity} ${noun}`;
  }
  const action = bare.findIndex(({ kind }) => kind === "action");
  if (action === 0) {
    return `${quantity} ${noun} ${phrase(bare)}`;
  }
  const last = bare.findLastIndex(({ kind }) => kind === "action");
  if (last > 0 && last < bare.length - 1) {
    // "小路通向古老的木屋": what stands before "的" describes the object of the last deed.
    return `${quantity} ${sentence(bare.slice(0, last))} ${bare[last]?.english ?? ""} ${modified(bare.slice(last + 1), head)}`;
  }
  if (endsWithPlace(bare)) {
    return `${quantity} ${noun} ${locative(bare)}`;
  }
  if (action > 0) {
    // "阳光照耀的海滩": the doer comes before its deed, both after the noun.
    return `${quantity} ${noun} with ${phrase(bare.slice(0, action))} ${phrase(bare.slice(action))}`;
  }
  return `${quantity} ${phrase(bare)} ${noun}`;
}

/** Words without "的": a subject, what it does, and where. */
function sentence(words: readonly Word[]): string {
  const start = words.findIndex(({ kind }) => kind === "before-place");
  if (start >= 0) {
    const end = words.findIndex(({ kind }, index) => kind === "place" && index > start);
    const until = end < 0 ? placeWithoutEnd(words, start) : end + 1;
    const where = locative(words.slice(start, until));
    const before = words.slice(0, start);
    const after = words.slice(until);
    const isPlaced = before.at(-1)?.kind === "action";
    return isPlaced
      ? `${sentence(before)} ${where} ${sentence(after)}`
      : `${sentence(before)} ${sentence(after)} ${where}`;
  }
  const action = words.findIndex(({ kind }) => kind === "action");
  if (action > 0 && endsWithPlace(words.slice(0, action))) {
    // "湖面上漂着一只小船": the boat, drifting, on the lake.
    return `${sentence(words.slice(action + 1))} ${words[action]?.english ?? ""} ${locative(words.slice(0, action))}`;
  }
  if (words.length > 1 && endsWithPlace(words)) {
    return locative(words);
  }
  const deed = words.at(-1);
  if (words.length > 1 && deed?.kind === "action" && / (?:by|with|in|of)$/.test(deed.english)) {
    // "云海环绕": surrounded by clouds, not clouds surrounded by.
    return `${deed.english} ${plain(words.slice(0, -1))}`;
  }
  return plain(words);
}

/** Words one after the other; a noun before another noun, or after "a", stands in the singular. */
function plain(words: readonly Word[]): string {
  return words
    .map((word, index) => {
      const isBeforeNoun = words[index + 1]?.kind === "noun";
      const isOne = words[index - 1]?.english === "a";
      return word.kind === "noun" && (isBeforeNoun || isOne) ? singular(word.english) : word.english;
    })
    .join(" ");
}

function singular(noun: string): string {
  const isPlural = /^[a-z-]+[a-rt-z]s$/.test(noun) && !/(?:us|is|glasses|lens)$/.test(noun);
  return isPlural
    ? noun
        .replace(/ies$/, "y")
        .replace(/([^y])s$/, "$1")
        .replace(/(ch|sh|x)e$/, "$1")
    : noun;
}

/** A place named without a word after it ends at the next action. */
function placeWithoutEnd(words: readonly Word[], start: number): number {
  const action = words.findIndex(({ kind }, index) => kind === "action" && index > start);
  return action < 0 ? words.length : action;
}

function endsWithPlace(words: readonly Word[]): boolean {
  return words.length > 1 && words.at(-1)?.kind === "place";
}

/** "在窗台上": on the windowsill. */
function locative(words: readonly Word[]): string {
  const last = words.at(-1);
  const first = words[0];
  const hasStart = first?.kind === "before-place";
  const hasEnd = last?.kind === "place";
  const inner = words.slice(hasStart ? 1 : 0, hasEnd ? -1 : undefined);
  const isPlainAt = first?.english === "at";
  const preposition = hasStart && !isPlainAt ? first.english : hasEnd ? (last?.english ?? "in") : "in";
  if (inner.length === 0) {
    return hasEnd ? (last?.english ?? "") : "";
  }
  return `${preposition} the ${phrase(inner)}`;
}
