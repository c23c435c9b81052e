import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator, variablesForEmulator } from "../launch/emulator.mjs";
import { LaunchError } from "../launch/launch-error.mjs";
import { variablesOfOwnEmulator } from "../launch/own-emulator.mjs";
import { describeEnding, nodeProgram } from "../launch/processes.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

const FLAGS = new Set(["--json", "--dry-run"]);
const SECRET_BYTES = 32;

/**
 * `npm run test:ai-gateway`: the way to the providers and back, checked step by step; with no gateway configured, that of an
 * emulator started for the occasion.
 * @param {string[]} args
 */
export default async function testAiGateway(args) {
  const unknown = args.find((flag) => !FLAGS.has(flag));
  if (unknown !== undefined) {
    throw new LaunchError(
      `There is no ${unknown}. npm run test:ai-gateway takes -- --json and -- --dry-run.`,
    );
  }
  let exitCode = 1;
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-check-"));
  try {
    await withProcesses(async (start) => {
      const isConfigured = Boolean(process.env.CLOUDFLARE_AI_GATEWAY_URL);
      const variables = isConfigured
        ? variablesOfOwnEmulator(process.env)
        : await startEmulatorIn(folder, start);
      const flags = isConfigured ? args : [...args, "--started-emulator"];
      exitCode = await runChecks(start, flags, { ...process.env, ...variables });
    });
  } finally {
    // Once every process has ended, however that came about.
    rmSync(folder, { recursive: true, force: true });
  }
  return exitCode;
}

/** With keys of its own: real ones never reach it. @param {string} folder @param {import("../launch/processes.mjs").StartProcess} start */
async function startEmulatorIn(folder, start) {
  const credentials = {
    gatewayToken: `local-gateway-${randomBytes(SECRET_BYTES).toString("hex")}`,
    replicateToken: `r8_local_${randomBytes(SECRET_BYTES).toString("hex")}`,
    geminiKey: `local-gemini-${randomBytes(SECRET_BYTES).toString("hex")}`,
    webhookSecret: `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`,
  };
  const logFile = path.join(folder, "emulator.log");
  const { url } = await startEmulator({ start, port: 0, folder, logFile, credentials });
  return variablesForEmulator({ url, credentials });
}

/**
 * @param {import("../launch/processes.mjs").StartProcess} start
 * @param {string[]} args
 * @param {import("../launch/processes.mjs").Environment} env
 */
async function runChecks(start, args, env) {
  const program = "scripts/test-ai-gateway.ts";
  const running = start({
    ...nodeProgram({
      name: program,
      args: ["--conditions=react-server", "--import=tsx", program, ...args],
      env,
    }),
    output: "inherit",
  });
  const ending = await running.ended;
  if (ending.code === null) {
    throw new LaunchError(`The checks did not come to their end (${describeEnding(ending)}).`);
  }
  return ending.code;
}
