// A program of `npm run check`: which folder imports which, by the rules of .dependency-cruiser.mjs.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../launch/paths.mjs";

const FOLDERS = ["app", "components", "db", "emulator", "host", "i18n", "lib", "scripts", "tests"];
const FILES = ["env.mjs", "failpoint.ts", "instrumentation.ts"];
const SOURCE = /\.(ts|tsx|mjs)$/;

process.exitCode = checkArchitecture(process.argv[2] ?? projectFolder);

/**
 * @param {string} folder
 * @returns {number} the exit code
 */
function checkArchitecture(folder) {
  const present = new Set(readdirSync(folder));
  const folders = FOLDERS.filter((name) => present.has(name));
  const roots = [...folders, ...FILES.filter((name) => present.has(name))];
  const program = path.join(
    projectFolder,
    "node_modules",
    "dependency-cruiser",
    "bin",
    "dependency-cruiser.mjs",
  );
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      program,
      "--config",
      path.join(projectFolder, ".dependency-cruiser.mjs"),
      "--output-type",
      "json",
      ...roots,
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 1e9 },
  );
  if (!stdout.startsWith("{")) {
    process.stderr.write(stdout + stderr);
    return 1;
  }
  const { summary, modules } =
    /** @type {{ summary: { violations: Violation[] }, modules: { source: string }[] }} */ (
      JSON.parse(stdout)
    );
  for (const violation of summary.violations) {
    process.stdout.write(`${sentenceOf(violation)}\n`);
  }
  const unseen = unseenFiles(folder, folders, new Set(modules.map((module) => module.source)));
  for (const file of unseen) {
    process.stdout.write(`${file}: not seen by the architecture check\n`);
  }
  return summary.violations.length + unseen.length > 0 ? 1 : 0;
}

/** @typedef {{ from: string, to: string, rule: { name: string }, comment?: string, cycle?: { name: string }[] }} Violation */

/** @param {Violation} violation */
function sentenceOf({ from, to, rule, comment, cycle }) {
  const target = cycle ? cycle.map(({ name }) => name).join(" -> ") : to;
  return `${from} -> ${target}  (${rule.name}${comment ? `: ${comment}` : ""})`;
}

/**
 * The tool reports success over files that it cannot parse, so each source file must be among the modules it saw.
 * @param {string} folder
 * @param {string[]} folders
 * @param {Set<string>} seen
 */
function unseenFiles(folder, folders, seen) {
  return folders
    .flatMap((name) => readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !seen.has(file));
}
