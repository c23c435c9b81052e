import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "./launch-error.mjs";
import { endLeftovers } from "./leftovers.mjs";
import { inData } from "./paths.mjs";
import { isStillRunning } from "./process-identity.mjs";
import { say } from "./progress.mjs";
import { readRunRecord, takeRunLock } from "./run-lock.mjs";
import { withProcesses } from "./with-processes.mjs";

const RUN_LOCK = inData("run.json");
const STOPPING_MS_MAX = 12_000;
const STOPPING_PAUSE_MS = 100;

/**
 * What a command may do while it holds this folder's data.
 * @typedef {object} Session
 * @property {import("./processes.mjs").StartProcess} start
 * @property {import("./run-lock.mjs").RunLock["update"]} update tells others about this run
 */

/** Who is using this folder's data now, if anybody. */
export function findRunning() {
  const record = readRunRecord(RUN_LOCK);
  return record && isStillRunning(record) ? record : undefined;
}

/**
 * Gives the work this folder's data to itself. Whichever way it ends (done, failed, a server died, Ctrl-C), every process
 * that it started has ended when this returns.
 * @param {string} command
 * @param {(session: Session) => Promise<void>} work
 */
export async function withSession(command, work) {
  const { lock, leftover } = await takeOver(command);
  try {
    const ended = await endLeftovers(leftover?.children ?? []);
    if (ended.length > 0) {
      say(`Ended what an earlier run had left behind: ${ended.join(", ")}.`);
    }
    const outcome = await withProcesses(
      (start) => work({ start, update: lock.update }),
      (children) => lock.update({ children }),
      () => lock.update({ isStopping: true }),
    );
    if (outcome === "stopped") {
      say("Stopped.");
    }
  } finally {
    lock.release();
  }
}

/** Waits for a run that is about to end; refuses beside one that is not. @param {string} command */
async function takeOver(command) {
  const deadline = Date.now() + STOPPING_MS_MAX;
  for (;;) {
    const taken = takeRunLock(RUN_LOCK, command);
    if ("lock" in taken) {
      return taken;
    }
    if (!taken.holder.isStopping || Date.now() > deadline) {
      throw new LaunchError(describeHolder(taken.holder));
    }
    await sleep(STOPPING_PAUSE_MS);
  }
}

/** @param {import("./run-lock.mjs").RunRecord} holder */
function describeHolder({ command, address, pid }) {
  return address
    ? `Sunprint is already running in this folder, at ${address} (process ${pid}). Stop that one first.`
    : `"npm run ${command}" is already at work in this folder (process ${pid}). Wait for it, or stop it first.`;
}
