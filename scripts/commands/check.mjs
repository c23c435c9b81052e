import { reportAll } from "../check/report.mjs";
import { runChecks } from "../check/run-checks.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

/** `npm run check`: all that can be known in under a minute. */
export default async function check() {
  let exitCode = 1;
  await withProcesses(async (start) => {
    exitCode = reportAll(await runChecks(start));
  });
  return exitCode;
}
