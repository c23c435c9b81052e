import { reportAll, reportStep } from "../check/report.mjs";
import { runChecks } from "../check/run-checks.mjs";
import { runStep } from "../check/run-step.mjs";
import { testSteps } from "../check/steps.mjs";
import { buildIfNeeded } from "../launch/build.mjs";
import { LaunchError } from "../launch/launch-error.mjs";
import { say } from "../launch/progress.mjs";
import { startThrowAwayPostgres } from "../launch/throw-away-postgres.mjs";
import { withProcesses } from "../launch/with-processes.mjs";
import { buildForWorkersIfNeeded } from "../launch/workers-build.mjs";

/** Set for a real deployment, perhaps; no test may touch what they name. */
const REAL_PLACES = [
  "BETTER_AUTH_SECRET",
  "DATABASE_URL",
  "MAIL_FOLDER",
  "NEXT_PUBLIC_SITE_URL",
  "PORT",
  "SMTP_URL",
  "STORAGE_URL",
];

/** What the step of that name, and those after it, need built. */
const BUILDS = new Map([
  ["integration", { name: "build", make: buildIfNeeded }],
  ["workers", { name: "build for Workers", make: buildForWorkersIfNeeded }],
]);

/** `npm test`: everything that can be known on one machine. */
export default async function test() {
  for (const name of REAL_PLACES) {
    delete process.env[name];
  }
  let exitCode = 1;
  await withProcesses(async (start) => {
    say("Types, lint, format, dead code, architecture and unit tests.");
    const outcomes = await runChecks(start);
    const postgres = await startThrowAwayPostgres(start);
    process.env.TEST_DATABASE_URL = postgres.adminUrl;
    const run = async (/** @type {import("../check/steps.mjs").Step} */ step) => {
      say(`Running the ${step.name} tests.`);
      const outcome = await runStep(start, step);
      reportStep(outcome);
      outcomes.push(outcome);
    };
    for (const step of testSteps) {
      const needed = BUILDS.get(step.name);
      if (needed) {
        outcomes.push(await build(needed.name, () => needed.make(start)));
      }
      await run(step);
    }
    await postgres.stop();
    exitCode = reportAll(outcomes);
  });
  return exitCode;
}

/** @param {string} name @param {() => Promise<void>} make */
async function build(name, make) {
  const startedAtMs = Date.now();
  let output = "";
  try {
    await make();
  } catch (error) {
    if (!(error instanceof LaunchError)) {
      throw error;
    }
    output = `${error.message}\n${error.details ?? ""}`;
  }
  const isOk = output === "";
  const seconds = (Date.now() - startedAtMs) / 1000;
  const outcome = {
    name,
    seconds,
    passed: isOk ? 1 : 0,
    failed: isOk ? 0 : 1,
    skipped: 0,
    failures: [],
    output,
  };
  reportStep(outcome);
  return outcome;
}
