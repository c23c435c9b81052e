import { readFileSync } from "node:fs";
import path from "node:path";
import type { Messages } from "next-intl";
import { projectFolder } from "@/scripts/launch/paths.mjs";

/** What the screens say in a language. */
export function readMessages(language: string): Messages {
  return JSON.parse(readFileSync(path.join(projectFolder, `messages/${language}.json`), "utf8")) as Messages;
}
