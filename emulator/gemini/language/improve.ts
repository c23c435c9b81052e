import { randomFor } from "../../core/random.ts";
import { readBrief } from "../../pictures/brief.ts";
import { DETAILS, type Detail } from "./details.ts";
import { type PhrasePair, toChinese, toEnglish } from "./translate.ts";

const DETAILS_ADDED = 4;

/**
 * A better prompt in a language: the user's own words first, none of them dropped, then details of light,
 * composition, material and mood that fit what the prompt shows. Another variation adds other details.
 */
export function improve(
  text: string,
  languages: { from: "zh" | "en"; to: "zh" | "en" },
  variation: number,
): PhrasePair[] {
  const random = randomFor("improve", text, variation);
  const { scene } = readBrief(text, random);
  const own = ownWords(text, languages);
  const said = own.map(({ source, target }) => `${source} ${target}`.toLowerCase()).join(" ");
  const kinds: readonly Detail["kind"][] = ["light", "composition", "texture", "mood"];
  const added: PhrasePair[] = [];
  for (const kind of kinds) {
    const choices = DETAILS.filter(
      (detail) =>
        detail.kind === kind &&
        (detail.scenes === undefined || detail.scenes.includes(scene)) &&
        !said.includes(detail[languages.to].toLowerCase()),
    );
    // Details made for the scene come before those that suit any.
    const fitting = choices.filter(({ scenes }) => scenes !== undefined);
    const pool = fitting.length > 0 && random() < 0.8 ? fitting : choices;
    const chosen = pool[Math.floor(random() * pool.length)];
    if (chosen !== undefined && added.length < DETAILS_ADDED) {
      added.push({ source: "", target: chosen[languages.to] });
    }
  }
  return [...own, ...added];
}

function ownWords(text: string, { from, to }: { from: "zh" | "en"; to: "zh" | "en" }): PhrasePair[] {
  if (from === to) {
    const plain = text.trim().replace(/[\s,.;，。；、!！]+$/, "");
    return plain === "" ? [] : [{ source: plain, target: plain }];
  }
  return from === "zh" ? toEnglish(text) : toChinese(text);
}
