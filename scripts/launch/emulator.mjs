import { closeSync, existsSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { LaunchError } from "./launch-error.mjs";
import { openLog, tailOf } from "./logs.mjs";
import { inProject } from "./paths.mjs";
import { describeEnding, nodeProgram } from "./processes.mjs";

const LISTENING_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 1_500;

/**
 * What the emulator accepts, and the app must therefore present.
 * @typedef {object} UpstreamCredentials
 * @property {string} gatewayToken
 * @property {string} replicateToken
 * @property {string} geminiKey
 * @property {string} webhookSecret
 */

/**
 * Starts the stand-in for Cloudflare AI Gateway, Replicate and Gemini, and waits for its address.
 * @param {object} options
 * @param {import("./processes.mjs").StartProcess} options.start
 * @param {number} options.port 0: any
 * @param {string} options.folder
 * @param {string} options.logFile
 * @param {UpstreamCredentials} options.credentials
 * @param {import("./processes.mjs").Environment} [options.env] further variables of its own
 */
export async function startEmulator({ start, port, folder, logFile, credentials, env = {} }) {
  const program = inProject("emulator", "server.ts");
  if (!existsSync(program)) {
    throw new LaunchError(
      "emulator/server.ts is missing. Set CLOUDFLARE_AI_GATEWAY_URL to use a gateway instead.",
    );
  }
  const running = start(
    nodeProgram({
      name: "The emulator",
      args: [program],
      logFile,
      stopGraceMs: STOP_GRACE_MS,
      env: {
        ...process.env,
        ...env,
        EMULATOR_PORT: String(port),
        EMULATOR_DATA_DIR: folder,
        EMULATOR_WEBHOOK_SECRET: credentials.webhookSecret,
        EMULATOR_GATEWAY_TOKEN: credentials.gatewayToken,
        EMULATOR_REPLICATE_TOKEN: credentials.replicateToken,
        EMULATOR_GEMINI_KEY: credentials.geminiKey,
      },
    }),
  );
  const address = await listeningAddress(running, logFile);
  running.isServing = true;
  return { running, ...address };
}

/**
 * Its first line of JSON tells where it listens; everything it says goes to the log.
 * @param {import("./processes.mjs").RunningProcess} running
 * @param {string} logFile
 * @returns {Promise<{ port: number, url: string }>}
 */
function listeningAddress(running, logFile) {
  const log = openLog(logFile);
  const { stdout, stderr } = running.child;
  const keep = (/** @type {Buffer} */ chunk) => writeSync(log, chunk);
  stdout?.on("data", keep);
  stderr?.on("data", keep);
  void running.closed.then(() => closeSync(log));
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) =>
      reject(new LaunchError(`The emulator did not start (${why}).`, { details: tailOf(logFile) }));
    const timer = setTimeout(() => fail("no address in time"), LISTENING_TIMEOUT_MS);
    void running.closed.then((ending) => {
      clearTimeout(timer);
      fail(describeEnding(ending));
    });
    if (stdout) {
      createInterface({ input: stdout }).on("line", (line) => {
        const address = parseAddress(line);
        if (address) {
          clearTimeout(timer);
          resolve(address);
        }
      });
    }
  });
}

/** @param {string} line */
function parseAddress(line) {
  if (!line.includes('"listening"')) {
    return undefined;
  }
  const { event, port, url } = /** @type {Record<string, unknown>} */ (JSON.parse(line));
  return event === "listening" && typeof port === "number" && typeof url === "string"
    ? { port, url }
    : undefined;
}

/**
 * The app's variables that point it at an emulator instead of at the upstreams.
 * @param {{ url: string, credentials: UpstreamCredentials }} emulator
 */
export function variablesForEmulator({ url, credentials }) {
  return {
    CLOUDFLARE_AI_GATEWAY_URL: `${url}/v1/local/sunprint`,
    CLOUDFLARE_AI_GATEWAY_TOKEN: credentials.gatewayToken,
    REPLICATE_API_TOKEN: credentials.replicateToken,
    REPLICATE_WEBHOOK_SECRET: credentials.webhookSecret,
    REPLICATE_DELIVERY_HOSTS: new URL(url).host,
    GEMINI_API_KEY: credentials.geminiKey,
  };
}
