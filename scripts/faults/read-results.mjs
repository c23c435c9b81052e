import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../launch/paths.mjs";

/** @typedef {{ file: string, fullName: string, status: string }} TestResult */

/**
 * @typedef {object} VitestReport
 * @property {{ name: string, assertionResults: { fullName: string, status: string }[] }[]} testResults
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {{ title: string, file: string, tests: { status: string }[] }[]} [specs]
 * @property {PlaywrightSuite[]} [suites]
 */

const PLAYWRIGHT_FOLDER = "tests/e2e";
const PLAYWRIGHT_STATUS = new Map([
  ["expected", "passed"],
  ["unexpected", "failed"],
  // A test that passed at the second attempt has failed once.
  ["flaky", "failed"],
]);

/**
 * The steps that left no results, or left them before a source was changed, each in words. None after a whole `npm test`.
 * @param {readonly import("../check/steps.mjs").Step[]} steps
 * @param {{ file: string, changedAtMs: number }} newest the source that was changed last
 */
export function findGaps(steps, newest) {
  return steps.flatMap(({ name, results }) => {
    if (results === undefined) {
      return [];
    }
    if (!existsSync(results.file)) {
      return [`${name}: was not run`];
    }
    return statSync(results.file).mtimeMs < newest.changedAtMs
      ? [`${name}: was run before ${newest.file} was changed`]
      : [];
  });
}

/** What each test of these steps did. @param {readonly import("../check/steps.mjs").Step[]} steps @returns {TestResult[]} */
export function readResults(steps) {
  return steps.flatMap(({ results }) => {
    if (results === undefined) {
      return [];
    }
    const text = readFileSync(results.file, "utf8");
    return results.kind === "vitest"
      ? vitestResults(/** @type {VitestReport} */ (JSON.parse(text)))
      : playwrightResults(/** @type {{ suites?: PlaywrightSuite[] }} */ (JSON.parse(text)));
  });
}

/** @param {VitestReport} report @returns {TestResult[]} */
function vitestResults({ testResults }) {
  return testResults.flatMap((suite) =>
    suite.assertionResults.map(({ fullName, status }) => ({
      file: path.relative(projectFolder, suite.name).split(path.sep).join("/"),
      fullName,
      status,
    })),
  );
}

/** One result for each device a test was run on. @param {{ suites?: PlaywrightSuite[] }} report @returns {TestResult[]} */
export function playwrightResults({ suites = [] }) {
  /** @param {PlaywrightSuite} suite @param {string[]} above @returns {TestResult[]} */
  const resultsOf = ({ title, specs = [], suites: inner = [] }, above) => {
    const titles = [...above, title];
    return [
      ...specs.flatMap((spec) =>
        spec.tests.map(({ status }) => ({
          file: `${PLAYWRIGHT_FOLDER}/${spec.file}`,
          fullName: [...titles, spec.title].join(" "),
          status: PLAYWRIGHT_STATUS.get(status) ?? status,
        })),
      ),
      ...inner.flatMap((suite) => resultsOf(suite, titles)),
    ];
  };
  return suites.flatMap((suite) => resultsOf(suite, []));
}
