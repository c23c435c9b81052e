import { availableParallelism } from "node:os";
import { reportStep } from "./report.mjs";
import { runStep } from "./run-step.mjs";
import { checkSteps } from "./steps.mjs";

const PARALLEL_MAX = 4;

/**
 * Types, lint, format, dead code, architecture and unit tests, as many at a time as there are processors.
 * @param {import("../launch/processes.mjs").StartProcess} start
 */
export async function runChecks(start) {
  const waiting = [...checkSteps];
  /** @type {import("./run-step.mjs").StepOutcome[]} */
  const outcomes = [];

  async function work() {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const outcome = await runStep(start, step);
      reportStep(outcome);
      outcomes.push(outcome);
    }
  }

  await Promise.all(Array.from({ length: Math.min(availableParallelism(), PARALLEL_MAX) }, work));
  return outcomes;
}
