import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkSteps, testSteps } from "../check/steps.mjs";
import { findGaps, readResults } from "../faults/read-results.mjs";
import { keepResults, renderFaults } from "../faults/render-faults.mjs";
import { findTaggedTests } from "../faults/tagged-tests.mjs";
import { LaunchError } from "../launch/launch-error.mjs";
import { inProject } from "../launch/paths.mjs";
import { say } from "../launch/progress.mjs";

const FOLDERS = ["app", "components", "db", "emulator", "lib", "scripts", "tests"];
const SOURCE = /\.(tsx?|mjs|sql)$/;

/**
 * `npm run docs:faults`: docs/faults.md, from the tests' titles and what they did in the last `npm test`. With `--titles`
 * the titles alone: a test that was there keeps its result, a new one was not run.
 * @param {string[]} args
 */
export default function docsFaults(args) {
  const page = inProject("docs", "faults.md");
  const sources = listSources();
  const tests = findTaggedTests(
    new Map(
      sources
        .filter((file) => /\.(test|spec)\.tsx?$/.test(file))
        .map((file) => [file, readFileSync(inProject(file), "utf8")]),
    ),
  );
  if (args.includes("--titles")) {
    writeFileSync(page, keepResults(renderFaults(tests, []), readFileSync(page, "utf8")));
    say("docs/faults.md has today's titles; its results are of an earlier run.");
    return;
  }
  const steps = [...checkSteps, ...testSteps];
  const gaps = findGaps(steps, newestOf(sources));
  if (gaps.length > 0) {
    throw new LaunchError(
      "docs/faults.md is written after a whole `npm test`; `npm run docs:faults -- --titles` does the titles alone.",
      { details: gaps.join("\n") },
    );
  }
  writeFileSync(page, renderFaults(tests, readResults(steps)));
  say("docs/faults.md is written.");
}

function listSources() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
      .filter((name) => SOURCE.test(name))
      .map((name) => path.join(folder, name).split(path.sep).join("/")),
  );
}

/** @param {readonly string[]} files */
function newestOf(files) {
  return files
    .map((file) => ({ file, changedAtMs: statSync(inProject(file)).mtimeMs }))
    .reduce((newest, source) => (source.changedAtMs > newest.changedAtMs ? source : newest));
}
