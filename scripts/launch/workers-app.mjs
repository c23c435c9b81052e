import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pickWorkerVariables, toDotenv } from "./dotenv.mjs";
import { inProject } from "./paths.mjs";
import { hasEnded, nodeProgram } from "./processes.mjs";
import { writePrivately } from "./secrets.mjs";

/** Requests under way get this long to finish. */
const STOP_GRACE_MS = 4_000;
/** wrangler.toml's trigger is `* * * * *`. */
const CRON_INTERVAL_MS = 60_000;

/**
 * The build for Workers in Cloudflare's own runtime on this machine, with Hyperdrive, R2 and Images emulated.
 * @param {import("./app.mjs").AppOptions & { folder: string }} options folder: where variables and pictures are kept
 */
export function workersApp({ env, port, address, folder, output = "inherit" }) {
  const variables = path.join(folder, "variables.env");
  writePrivately(variables, toDotenv(pickWorkerVariables(env)));
  return nodeProgram({
    name: "The Workers runtime",
    args: [
      "--no-warnings",
      inProject("node_modules", "wrangler", "wrangler-dist", "cli.js"),
      "dev",
      `--ip=${address}`,
      `--port=${port}`,
      "--inspector-port=0",
      `--env-file=${variables}`,
      `--persist-to=${path.join(folder, "state")}`,
      "--show-interactive-dev-session=false",
    ],
    output,
    stopGraceMs: STOP_GRACE_MS,
    env: {
      ...process.env,
      CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: env.DATABASE_URL,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_LOG_PATH: path.join(folder, "logs"),
      // Its other runs on this machine are none of this one's business.
      WRANGLER_REGISTRY_PATH: path.join(folder, "registry"),
    },
  });
}

/**
 * Fires the cron trigger, at once and then each minute, for as long as the runtime runs: Cloudflare would, the runtime does
 * not by itself.
 * @param {{ port: number, running: import("./processes.mjs").RunningProcess }} options
 */
export async function fireCronTrigger({ port, running }) {
  while (!hasEnded(running)) {
    const pause = sleep(CRON_INTERVAL_MS, undefined, { ref: false });
    // What comes of it is in the runtime's log; a firing that failed is made good by the next one.
    void fireCronOnce(port).catch(() => undefined);
    await pause;
  }
}

/** Fires the cron trigger once and waits until the Worker is done with it. @param {number} port */
export async function fireCronOnce(port) {
  const response = await fetch(`http://127.0.0.1:${port}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`);
  return response.text();
}
