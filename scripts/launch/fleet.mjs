import { LaunchError } from "./launch-error.mjs";
import { tailOf } from "./logs.mjs";
import { processIdentity } from "./process-identity.mjs";
import { describeEnding, killGroup, startProcess } from "./processes.mjs";

/**
 * The processes of one run: every one that starts is recorded, so that a later start can end what this one could not.
 * @typedef {object} Fleet
 * @property {import("./processes.mjs").StartProcess} start
 * @property {() => Promise<void>} stopAll last started, first stopped: the app leaves before its database
 * @property {() => void} killAll
 * @property {Promise<LaunchError>} accident resolves when a server ends that should not have
 */

/**
 * @param {(children: import("./run-lock.mjs").RunRecord["children"]) => void} onChange
 * @returns {Fleet}
 */
export function createFleet(onChange) {
  /** @type {import("./processes.mjs").RunningProcess[]} */
  const running = [];
  let isStopping = false;
  /** @type {(problem: LaunchError) => void} */
  let reportAccident = () => {};
  /** @type {Promise<LaunchError>} */
  const accident = new Promise((resolve) => {
    reportAccident = resolve;
  });

  function record() {
    onChange(running.map(({ name, pid }) => ({ name, pid, identity: processIdentity(pid) })));
  }

  /** @param {import("./processes.mjs").ProcessOptions} options */
  function start(options) {
    if (isStopping) {
      throw new Error(`${options.name} is not started any more: everything is being stopped.`);
    }
    const started = startProcess(options);
    running.push(started);
    record();
    void started.ended.then((ending) => {
      running.splice(running.indexOf(started), 1);
      record();
      if (!isStopping && started.isServing) {
        const details = options.logFile && tailOf(options.logFile);
        reportAccident(
          new LaunchError(`${options.name} ended unexpectedly (${describeEnding(ending)}).`, { details }),
        );
      }
    });
    return started;
  }

  async function stopAll() {
    isStopping = true;
    for (const one of running.toReversed()) {
      await one.stop();
    }
  }

  function killAll() {
    for (const { pid } of running) {
      killGroup(pid);
    }
  }

  return { start, stopAll, killAll, accident };
}
