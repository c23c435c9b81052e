import { setTimeout as sleep } from "node:timers/promises";
import { isStillRunning } from "./process-identity.mjs";
import { killGroup } from "./processes.mjs";

const GRACE_MS = 4_000;
const KILL_WAIT_MS = 2_000;
const PAUSE_MS = 50;

/**
 * Ends what a launcher that was killed outright has left running. A pid counts only together with the moment its process
 * started, so nobody else's process is ever touched. PostgreSQL is not among them: it is stopped by its own means.
 * @param {import("./run-lock.mjs").RunRecord["children"]} children
 * @returns {Promise<string[]>} the names of those that were ended
 */
export async function endLeftovers(children) {
  const alive = children.filter((child) => child.name !== "PostgreSQL" && isStillRunning(child));
  for (const { pid } of alive) {
    signal(pid, "SIGTERM");
  }
  await waitUntilGone(alive, GRACE_MS);
  for (const child of alive.filter(isStillRunning)) {
    killGroup(child.pid);
  }
  await waitUntilGone(alive, KILL_WAIT_MS);
  return alive.map((child) => child.name);
}

/** @param {import("./run-lock.mjs").ProcessRecord[]} processes @param {number} timeoutMs */
async function waitUntilGone(processes, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (processes.some(isStillRunning) && Date.now() < deadline) {
    await sleep(PAUSE_MS);
  }
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It left in the same moment.
  }
}
