import type { GenerateRequest } from "../read-request.ts";
import { fillSchema, type Said } from "./fill-schema.ts";
import { improve } from "./improve.ts";
import { readTask, type TextTask } from "./task.ts";
import { joinPairs, type PhrasePair, toChinese, toEnglish } from "./translate.ts";

// Enough for a moderation call to have something to refuse.
const NOT_ALLOWED = /\b(?:gore|nude|naked|porn\w*|behead\w*|terroris\w*)\b|色情|裸体|血腥|斩首|恐怖袭击/i;

/**
 * The model's words for a request: a better prompt, a translation, a word to echo, or JSON that satisfies
 * the schema. The same request and variation always get the same words.
 */
export function composeText(request: GenerateRequest, variation: number): string {
  const task = readTask(request);
  if (request.wantsJson) {
    const said = say(task, variation);
    const value = request.schema === undefined ? { prompt: said.improved } : fillSchema(request.schema, said);
    return JSON.stringify(value);
  }
  switch (task.kind) {
    case "echo":
      return task.text;
    case "translate":
      return joined(translated(task), task.to);
    case "improve":
      return joined(improve(task.text, task, variation), task.to);
    case "chat":
      return task.from === "zh"
        ? `可以这样写:${joined(improve(task.text, task, variation), "zh")}`
        : `Here is one way to put it: ${joined(improve(task.text, task, variation), "en")}`;
  }
}

function say(task: TextTask, variation: number): Said {
  const pairs = task.kind === "translate" ? translated(task) : improve(task.text, task, variation);
  const english = task.from === "zh" ? joined(toEnglish(task.text), "en") : task.text;
  return {
    original: task.text,
    improved: task.kind === "echo" ? task.text : joined(pairs, task.to),
    translation: task.kind === "translate" ? joined(pairs, task.to) : english,
    language: task.from,
    pairs,
    isAllowed: !NOT_ALLOWED.test(task.text),
  };
}

function translated({ text, to }: TextTask): PhrasePair[] {
  return to === "en" ? toEnglish(text) : toChinese(text);
}

function joined(pairs: readonly PhrasePair[], language: "zh" | "en"): string {
  return joinPairs(pairs, language === "zh" ? "，" : ", ");
}
