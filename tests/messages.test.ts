import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectFolder } from "@/scripts/launch/paths.mjs";
import { filesOf, readTree } from "./support/tidy/read-tree";

type Messages = { [name: string]: string | Messages };

function flatten(messages: Messages, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([name, value]) =>
      typeof value === "string" ? [[`${prefix}${name}`, value]] : [...flatten(value, `${prefix}${name}.`)],
    ),
  );
}

function readMessages(locale: string): Map<string, string> {
  const file = path.join(projectFolder, `messages/${locale}.json`);
  return flatten(JSON.parse(readFileSync(file, "utf8")) as Messages);
}

/** The names of a message's arguments. A plural's branches are messages themselves, and their words no arguments. */
function placeholdersOf(message: string): string[] {
  const names = new Set<string>();
  let at = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const [found = ""] = pattern.exec(message) ?? [];
    at += found.length;
    return found;
  };
  const readMessage = () => {
    while (at < message.length && message[at] !== "}") {
      if (message[at] === "{") {
        readArgument();
      } else {
        at += 1;
      }
    }
  };
  const readArgument = () => {
    skip(/\{\s*/y);
    names.add(skip(/\w+/y));
    const isBranching = /plural|select/.test(skip(/[^{}]*/y));
    while (isBranching && message[at] === "{") {
      at += 1;
      readMessage();
      at += 1;
      skip(/[^{}]*/y);
    }
    at += 1;
  };
  readMessage();
  return [...names].toSorted();
}

/** One function of a source file after the other: each has translators of its own. */
function splitFunctions(source: string): string[] {
  return source.split(/^(?=(?:export )?(?:default )?(?:async )?function |export const )/m);
}

/** Every key that the sources ask for; a `*` stands for the part that is only known at run time. */
function keysAskedFor(source: string): string[] {
  const translators = [
    ...source.matchAll(
      /\b(\w+)\s*=\s*(?:await\s+)?(?:(?:use|get)Translations|createTranslator)\(\s*(?:"([\w.]+)"|\{[^}]*namespace:\s*"([\w.]+)")/g,
    ),
    ...namesInLists(source),
  ].map((match) => ({ name: match[1] ?? "", namespace: match[2] ?? match[3] ?? "" }));
  return translators.flatMap(({ name, namespace }) =>
    [...source.matchAll(new RegExp(`\\b${name}\\(\\s*(?:"([\\w.-]+)"|\`([^\`]+)\`)`, "g"))].map(
      (match) => `${namespace}.${match[1] ?? (match[2] ?? "").replace(/\$\{[^}]*\}/g, "*")}`,
    ),
  );
}

/** `const [t, app] = await Promise.all([getTranslations("a"), getTranslations("b")])`, by their places. */
function namesInLists(source: string): [string, string, string][] {
  return [...source.matchAll(/const \[([^\]]+)\] = await Promise\.all\(\[([\s\S]*?)\n? *\]\);/g)].flatMap(
    (match) => {
      const names = (match[1] ?? "").split(",").map((name) => name.trim());
      const calls = (match[2] ?? "").split(/,\s*\n|,\s*(?=getTranslations)/).map((call) => call.trim());
      return names.flatMap((name, place): [string, string, string][] => {
        const namespace = /^getTranslations\("([\w.]+)"\)/.exec(calls[place] ?? "")?.[1];
        return namespace === undefined ? [] : [["", name, namespace]];
      });
    },
  );
}

function matches(pattern: string, key: string): boolean {
  const text = pattern
    .split("*")
    .map((part) => part.replaceAll(".", "\\."))
    .join("[\\w-]+");
  return new RegExp(`^${text}$`).test(key);
}

describe("the messages", () => {
  const english = readMessages("en");
  const chinese = readMessages("zh");
  const sources = filesOf(readTree(projectFolder), /^(app|components|lib\/mail)\/.*\.tsx?$/).flatMap(
    ({ text }) => splitFunctions(text),
  );
  const asked = new Set(sources.flatMap(keysAskedFor));

  it("are the same in both languages", () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
  });

  it("take the same values in both languages", () => {
    const differing = [...english].filter(
      ([key, text]) => placeholdersOf(text).join() !== placeholdersOf(chinese.get(key) ?? "").join(),
    );
    expect(differing).toEqual([]);
  });

  it("are all there", () => {
    expect(asked.size).toBeGreaterThan(100);
    const missing = [...asked].filter((pattern) => ![...english.keys()].some((key) => matches(pattern, key)));
    expect(missing).toEqual([]);
  });

  it("are all used", () => {
    // A model's line is asked for by its identifier.
    const byIdentifier = ["models.purpose.*"];
    const patterns = [...asked, ...byIdentifier];
    expect([...english.keys()].filter((key) => !patterns.some((pattern) => matches(pattern, key)))).toEqual(
      [],
    );
  });

  it("name one thing by one word, with Chinese marks between Chinese words", () => {
    const others = /图片服务|凭据|预扣|[一-鿿]["”]?[:;,!?]|[:;,!?]["“]?[一-鿿]/;
    expect([...chinese].filter(([, text]) => others.test(text))).toEqual([]);
  });

  it("have no text left empty", () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
