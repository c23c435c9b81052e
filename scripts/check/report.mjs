import { say } from "../launch/progress.mjs";

/** @typedef {import("./run-step.mjs").StepOutcome} StepOutcome */

const NAME_WIDTH = 14;

/** One line a step, when it has ended; all that a failing one has said. @param {StepOutcome} outcome */
export function reportStep(outcome) {
  say(lineOf(outcome));
  if (outcome.failed > 0) {
    process.stdout.write(`\n${outcome.output.trimEnd()}\n\n`);
  }
}

/**
 * Everything at a glance, each failed test by name; the last line sums it up in words that programs read.
 * @param {StepOutcome[]} outcomes
 * @returns {number} the exit code
 */
export function reportAll(outcomes) {
  process.stdout.write(`\n${outcomes.map((outcome) => `  ${lineOf(outcome)}`).join("\n")}\n\n`);
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  if (failures.length > 0) {
    process.stdout.write(`Failed:\n${failures.map((failure) => `  ${failure}`).join("\n")}\n\n`);
  }
  const passed = sum(outcomes, "passed");
  const failed = sum(outcomes, "failed");
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

/** @param {StepOutcome} outcome */
function lineOf({ name, seconds, passed, failed, skipped }) {
  const verdict = failed > 0 ? "FAILED" : "ok";
  const counts = [`${passed} passed`, failed > 0 && `${failed} failed`, skipped > 0 && `${skipped} skipped`];
  return `${name.padEnd(NAME_WIDTH)} ${verdict.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s   ${counts.filter(Boolean).join(", ")}`;
}

/** @param {StepOutcome[]} outcomes @param {"passed" | "failed"} field */
function sum(outcomes, field) {
  return outcomes.reduce((total, outcome) => total + outcome[field], 0);
}
