import {
  arrayField,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberField,
  objectField,
  stringField,
  stringsField,
} from "../../core/json.ts";
import type { PhrasePair } from "./translate.ts";

/** What the model has to say, from which the fields of any schema are filled. */
export interface Said {
  /** The text as it was given, the better one, and the English one. */
  original: string;
  improved: string;
  translation: string;
  language: "zh" | "en";
  pairs: readonly PhrasePair[];
  isAllowed: boolean;
}

const DEPTH_MAX = 12;

/** A value that satisfies a schema of Gemini's kind (or plain JSON Schema), by the names of its fields. */
export function fillSchema(schema: JsonObject, said: Said, name = "improved", depth = 0): JsonValue {
  const type = (
    stringField(schema, "type") ??
    stringsField(schema, "type")[0] ??
    impliedType(schema)
  ).toLowerCase();
  if (depth > DEPTH_MAX) {
    return null;
  }
  switch (type) {
    case "object":
      return fillObject(schema, said, depth);
    case "array":
      return fillArray(schema, said, name, depth);
    case "boolean":
      return fillBoolean(said, name);
    case "integer":
    case "number":
      return withinBounds(
        schema,
        /score|confidence|probability/i.test(name) ? 0.9 : said.pairs.length,
        type === "integer",
      );
    case "null":
      return null;
    default:
      return fillString(schema, said, name);
  }
}

function impliedType(schema: JsonObject): string {
  const choice = arrayField(schema, "anyOf").find((option) => isJsonObject(option) && option.type !== "null");
  if (isJsonObject(choice)) {
    return stringField(choice, "type") ?? "string";
  }
  return schema.properties === undefined ? "string" : "object";
}

function fillObject(schema: JsonObject, said: Said, depth: number): JsonObject {
  const filled: JsonObject = {};
  const properties = objectField(schema, "properties") ?? {};
  const ordered = [...stringsField(schema, "propertyOrdering"), ...Object.keys(properties)];
  for (const name of new Set(ordered)) {
    const property = objectField(properties, name);
    if (property !== undefined) {
      filled[name] = fillSchema(property, said, name, depth + 1);
    }
  }
  return filled;
}

function fillArray(schema: JsonObject, said: Said, name: string, depth: number): JsonValue[] {
  const items = objectField(schema, "items") ?? {};
  const most = Number(schema.maxItems ?? Number.POSITIVE_INFINITY);
  const isAboutAdded = /invent|added|addition|detail|suggest/i.test(name);
  const pairs = isAboutAdded ? said.pairs.filter(({ source }) => source === "") : said.pairs;
  return pairs.slice(0, most).map((pair) => {
    const one: Said = {
      ...said,
      original: pair.source,
      improved: pair.target,
      translation: pair.target,
      pairs: [pair],
    };
    const isPlain = (stringField(items, "type") ?? "string").toLowerCase() === "string";
    return isPlain ? pair.target : fillSchema(items, one, "phrase", depth + 1);
  });
}

function fillBoolean(said: Said, name: string): boolean {
  if (/invent|added|isnew/i.test(name)) {
    return said.pairs.length === 1 && said.pairs[0]?.source === "";
  }
  if (/block|unsafe|flag|violat|reject|harm/i.test(name)) {
    return !said.isAllowed;
  }
  return said.isAllowed;
}

function fillString(schema: JsonObject, said: Said, name: string): string {
  const choices = stringsField(schema, "enum");
  if (choices.length > 0) {
    return choose(choices, said, name);
  }
  const text = textFor(said, name);
  const most = Number(schema.maxLength ?? Number.POSITIVE_INFINITY);
  return Array.from(text).slice(0, most).join("");
}

function choose(choices: readonly string[], said: Said, name: string): string {
  const wanted = /lang|locale/i.test(name)
    ? [said.language, said.language === "zh" ? "chinese" : "english"]
    : [said.isAllowed ? "allow" : "block", said.isAllowed ? "none" : "unsafe"];
  return (
    choices.find((choice) => wanted.some((word) => choice.toLowerCase().startsWith(word))) ?? choices[0] ?? ""
  );
}

function textFor(said: Said, name: string): string {
  if (/lang|locale/i.test(name)) {
    return said.language;
  }
  if (/^(?:source|original|from|zh|chinese|written|before)/i.test(name)) {
    return said.original;
  }
  if (/translat|english|^en$|^target|^to$/i.test(name)) {
    return said.translation;
  }
  if (/reason|categor|note|comment|why/i.test(name)) {
    return said.isAllowed ? "" : "The text asks for something that is not allowed.";
  }
  if (/title|name|label/i.test(name)) {
    return said.improved.split(/[,，]/)[0] ?? said.improved;
  }
  return said.improved;
}

function withinBounds(schema: JsonObject, value: number, isInteger: boolean): number {
  const low = numberField(schema, "minimum") ?? Number.NEGATIVE_INFINITY;
  const high = numberField(schema, "maximum") ?? Number.POSITIVE_INFINITY;
  const bounded = Math.min(high, Math.max(low, value));
  return isInteger ? Math.round(bounded) : bounded;
}
