import { setTimeout as sleep } from "node:timers/promises";
import { hasEnded } from "./processes.mjs";

const PAUSE_MS = 50;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Waits until the app answers that it is well.
 * @param {{ port: number, running: import("./processes.mjs").RunningProcess, timeoutMs: number }} options
 * @returns {Promise<{ isHealthy: boolean, lastAnswer: string }>} the last answer explains why it never was
 */
export async function waitUntilHealthy({ port, running, timeoutMs }) {
  const deadline = Date.now() + timeoutMs;
  let lastAnswer = "it does not answer";
  while (!hasEnded(running) && Date.now() < deadline) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/health`, {
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      if (response.ok) {
        await response.body?.cancel();
        return { isHealthy: true, lastAnswer: "" };
      }
      lastAnswer = `${response.status} ${(await response.text()).slice(0, 300)}`;
    } catch {
      // Not listening yet.
    }
    await sleep(PAUSE_MS);
  }
  return { isHealthy: false, lastAnswer };
}
