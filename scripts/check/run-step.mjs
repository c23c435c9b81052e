import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { nodeProgram, runToEnd } from "../launch/processes.mjs";
import { readReport } from "./test-reports.mjs";

/**
 * @typedef {object} StepOutcome
 * @property {string} name
 * @property {number} seconds
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures the tests that failed, by file and name, each with the first line of why
 * @property {string} output
 */

/**
 * Runs a step to its end. Steps that run tests count each test; any other step counts as one.
 * @param {import("../launch/processes.mjs").StartProcess} start
 * @param {import("./steps.mjs").Step} step
 * @returns {Promise<StepOutcome>}
 */
export async function runStep(start, step) {
  const startedAtMs = Date.now();
  if (step.results) {
    mkdirSync(path.dirname(step.results.file), { recursive: true });
    rmSync(step.results.file, { force: true });
  }
  let output = "";
  let isOk = true;
  for (const args of step.commands) {
    const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}), ...step.env };
    const run = await runToEnd(start, nodeProgram({ name: step.name, args, env }));
    output += run.output;
    isOk = run.ending.code === 0;
    if (!isOk) {
      break;
    }
  }
  const seconds = (Date.now() - startedAtMs) / 1000;
  return { name: step.name, seconds, output, ...countOf(step, isOk) };
}

/** @param {import("./steps.mjs").Step} step @param {boolean} isOk */
function countOf({ results }, isOk) {
  const counted = results && existsSync(results.file) ? readReport(results) : undefined;
  if (counted === undefined) {
    // Tests that left no counts were not run, whatever the exit code says.
    const hasPassed = isOk && results === undefined;
    return { passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1, skipped: 0, failures: [] };
  }
  // Something failed that no test stands for, such as an error after the last test.
  return isOk || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}
