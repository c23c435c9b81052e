import { createFleet } from "./fleet.mjs";
import { say } from "./progress.mjs";
import { onStopRequest } from "./stop-requests.mjs";

/**
 * Gives the work a way to start processes. Whichever way it ends (done, failed, a server died, Ctrl-C), every one of them
 * has ended when this returns.
 * @param {(start: import("./processes.mjs").StartProcess) => Promise<void>} work
 * @param {Parameters<typeof createFleet>[0]} [onChange]
 * @param {() => void} [onStopping]
 * @returns {Promise<"done" | "stopped">}
 */
export async function withProcesses(work, onChange = () => {}, onStopping = () => {}) {
  const fleet = createFleet(onChange);
  const stopRequest = onStopRequest(fleet.killAll).then(() => {
    say("Stopping.");
    return /** @type {const} */ ("stopped");
  });
  try {
    return await Promise.race([
      work(fleet.start).then(() => /** @type {const} */ ("done")),
      stopRequest,
      fleet.accident.then((problem) => Promise.reject(problem)),
    ]);
  } finally {
    onStopping();
    await fleet.stopAll();
  }
}
