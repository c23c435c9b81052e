import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { projectFolder } from "../launch/paths.mjs";

const REASON_LENGTH_MAX = 160;

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} TestCounts */

/** @param {NonNullable<import("./steps.mjs").Step["results"]>} results @returns {TestCounts} */
export function readReport({ kind, file }) {
  const text = readFileSync(file, "utf8");
  return kind === "vitest" ? readVitestReport(text) : readPlaywrightReport(text);
}

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numTotalTests
 * @property {{ name: string, status: string, message?: string,
 *   assertionResults: { fullName: string, status: string, failureMessages?: string[] }[] }[]} testResults
 */

/** @param {string} text @returns {TestCounts} */
export function readVitestReport(text) {
  const report = /** @type {VitestReport} */ (JSON.parse(text));
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(projectFolder, name);
    const failed = assertionResults.filter((assertion) => assertion.status === "failed");
    // A file that could not be loaded has no failed test in it.
    return failed.length === 0 && status === "failed"
      ? [describe([file], message)]
      : failed.map(({ fullName, failureMessages }) => describe([file, fullName], failureMessages?.[0]));
  });
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numTotalTests - report.numPassedTests - report.numFailedTests,
    failures,
  };
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {{ title: string, file: string, tests: { projectName: string, status: string,
 *   results: { error?: { message?: string } }[] }[] }[]} [specs]
 * @property {PlaywrightSuite[]} [suites]
 */

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {{ message?: string }[]} errors
 * @property {PlaywrightSuite[]} [suites]
 */

/** @param {string} text @returns {TestCounts} */
export function readPlaywrightReport(text) {
  const { stats, errors, suites = [] } = /** @type {PlaywrightReport} */ (JSON.parse(text));
  const failures = suites
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === "unexpected" || status === "flaky")
        .map(({ projectName, results }) =>
          describe(
            [`tests/e2e/${file}`, `[${projectName}]`, title],
            results.find((result) => result.error)?.error?.message,
          ),
        ),
    );
  return {
    passed: stats.expected,
    // A test that passed at the second attempt has failed once, which is what it is counted as.
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...failures, ...errors.map(({ message }) => describe(["outside of tests"], message))],
  };
}

/** @param {PlaywrightSuite} suite @returns {NonNullable<PlaywrightSuite["specs"]>} */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** @param {string[]} words @param {string} [message] */
function describe(words, message = "") {
  const reason = stripVTControlCharacters(message).split("\n", 1)[0]?.slice(0, REASON_LENGTH_MAX);
  return `${words.join(" ")}${reason ? `: ${reason}` : ""}`;
}
