import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Relative paths, with slashes, and the text of each file. */
export type Tree = ReadonlyMap<string, string>;

const SKIPPED_FOLDERS = new Set(["node_modules", "playwright-report", "public", "test-results"]);
const READ_FILES = /\.(css|json|md|mjs|sql|template|toml|ts|tsx)$/;
/** Known by their names alone: documents show them. */
const PICTURES = /\.(png|svg|webp)$/;

/** Every hand-written text file of the project, and every picture with no text. */
export function readTree(folder: string): Tree {
  const tree = new Map<string, string>();
  const walk = (relative: string) => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const child = path.posix.join(relative, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && !SKIPPED_FOLDERS.has(entry.name)) {
          walk(child);
        }
      } else if (READ_FILES.test(entry.name)) {
        tree.set(child, readFileSync(path.join(folder, child), "utf8"));
      } else if (PICTURES.test(entry.name)) {
        tree.set(child, "");
      }
    }
  };
  walk("");
  return tree;
}

/** The files whose path matches. */
export function filesOf(tree: Tree, pattern: RegExp): { file: string; text: string }[] {
  return [...tree].filter(([file]) => pattern.test(file)).map(([file, text]) => ({ file, text }));
}
