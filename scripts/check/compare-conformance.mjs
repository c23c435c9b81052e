import { stripVTControlCharacters } from "node:util";

/**
 * How each case of a conformance run ended, by its full name.
 * @typedef {Map<string, { hasPassed: boolean, message: string }>} ConformanceRun
 */

const MESSAGE_LENGTH_MAX = 240;
const NO_CASE = "could not be loaded";

/** Vitest's JSON report. @param {string} text @returns {ConformanceRun} */
export function readConformanceRun(text) {
  const report =
    /** @type {{ testResults: { name: string, status: string, message?: string, assertionResults: { fullName: string, status: string, failureMessages: string[] }[] }[] }} */ (
      JSON.parse(text)
    );
  /** @type {ConformanceRun} */
  const cases = new Map();
  for (const { name, status, message = "", assertionResults } of report.testResults) {
    for (const { fullName, status: ended, failureMessages } of assertionResults) {
      if (ended === "passed" || ended === "failed") {
        cases.set(fullName, { hasPassed: ended === "passed", message: firstLine(failureMessages[0] ?? "") });
      }
    }
    if (status === "failed" && assertionResults.length === 0) {
      cases.set(`${name} ${NO_CASE}`, { hasPassed: false, message: firstLine(message) });
    }
  }
  return cases;
}

/**
 * What the emulator and the real services do not answer alike: one sentence a case, with the words of the one that failed.
 * @param {ConformanceRun} emulator
 * @param {ConformanceRun} real
 */
export function listDifferences(emulator, real) {
  return [...new Set([...emulator.keys(), ...real.keys()])].flatMap((name) => {
    const [ours, theirs] = [emulator.get(name), real.get(name)];
    if (ours?.hasPassed === theirs?.hasPassed) {
      return [];
    }
    if (ours === undefined || theirs === undefined) {
      return [`${name}: asked of ${ours === undefined ? "the real services" : "the emulator"} alone`];
    }
    return theirs.hasPassed
      ? [`${name}: the emulator fails it (${ours.message})`]
      : [`${name}: the real services answer otherwise (${theirs.message})`];
  });
}

/** @param {string} text */
function firstLine(text) {
  const line = stripVTControlCharacters(text.split("\n")[0] ?? "").trim();
  return line.length > MESSAGE_LENGTH_MAX ? `${line.slice(0, MESSAGE_LENGTH_MAX)}…` : line;
}
