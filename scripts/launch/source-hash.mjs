import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";

/** Top-level names that the build never reads. A new folder of sources counts without being listed anywhere. */
const NOT_SOURCES = new Set([
  "Dockerfile",
  "bench",
  "docs",
  "emulator",
  "next-env.d.ts",
  "node_modules",
  "scripts",
  "tests",
  "vitest.config.ts",
]);
const IS_NOT_SOURCE = /^\.|\.(md|tsbuildinfo)$|^(playwright-report|test-results)$/;
const IS_TEST = /\.test\.tsx?$/;

/** A hash of every file that a production build may depend on. */
export function hashSources() {
  const hash = createHash("sha256");
  hash.update(`${process.platform} ${process.arch}\0`);
  const top = readdirSync(projectFolder, { withFileTypes: true })
    .filter(({ name }) => !NOT_SOURCES.has(name) && !IS_NOT_SOURCE.test(name))
    .sort(byName);
  for (const entry of top) {
    addToHash(hash, entry);
  }
  return hash.digest("hex");
}

/** @param {import("node:crypto").Hash} hash @param {import("node:fs").Dirent} entry */
function addToHash(hash, entry) {
  const file = path.join(entry.parentPath, entry.name);
  if (entry.isDirectory()) {
    for (const child of readdirSync(file, { withFileTypes: true }).sort(byName)) {
      addToHash(hash, child);
    }
  } else if (entry.isFile() && !IS_TEST.test(entry.name)) {
    hash
      .update(`${path.relative(projectFolder, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
}

/** @param {{ name: string }} left @param {{ name: string }} right */
function byName(left, right) {
  return left.name < right.name ? -1 : 1;
}
