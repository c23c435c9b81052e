import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { listDifferences, readConformanceRun } from "../check/compare-conformance.mjs";
import { LaunchError } from "../launch/launch-error.mjs";
import { inData, inProject } from "../launch/paths.mjs";
import { nodeProgram, runToEnd } from "../launch/processes.mjs";
import { say } from "../launch/progress.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

/** The names by which the cases know the real services, by the app's own; of several, the first is asked. */
const NAMES = {
  CONTRACT_GATEWAY_URL: "CLOUDFLARE_AI_GATEWAY_URL",
  CONTRACT_GATEWAY_TOKEN: "CLOUDFLARE_AI_GATEWAY_TOKEN",
  CONTRACT_REPLICATE_TOKEN: "REPLICATE_API_TOKEN",
  CONTRACT_GEMINI_KEY: "GEMINI_API_KEY",
};

/**
 * `npm run test:conformance`: the same questions to the emulator and, when keys are set, to the real services (about two cents);
 * ends with 0 when both answer alike, and lists what they do not.
 */
export default async function testConformance() {
  let exitCode = 1;
  await withProcesses(async (start) => {
    say("Asking the emulator.");
    const emulator = await ask(start, "emulator", {});
    const failed = [...emulator].filter(([, { hasPassed }]) => !hasPassed);
    say(`${emulator.size - failed.length} of ${emulator.size} cases hold for the emulator.`);
    for (const [name, { message }] of failed) {
      process.stdout.write(`  ${name}: ${message}\n`);
    }
    exitCode = failed.length === 0 ? 0 : 1;
    const real = Object.fromEntries(
      Object.entries(NAMES).flatMap(([name, own]) => {
        const value = process.env[own]?.split(",")[0]?.trim();
        return value ? [[name, value]] : [];
      }),
    );
    if (real.CONTRACT_GATEWAY_URL === undefined) {
      say("The real services were not asked: CLOUDFLARE_AI_GATEWAY_URL is unset.");
      return;
    }
    say("Asking the real services; this costs about two cents.");
    const differences = listDifferences(emulator, await ask(start, "real", real));
    if (differences.length === 0) {
      say("The emulator and the real services answer alike.");
      return;
    }
    say(`They differ in ${differences.length}:`);
    process.stdout.write(`${differences.map((difference) => `  ${difference}`).join("\n")}\n`);
    exitCode = 1;
  });
  return exitCode;
}

/**
 * @param {import("../launch/processes.mjs").StartProcess} start
 * @param {string} target
 * @param {Record<string, string>} variables
 */
async function ask(start, target, variables) {
  const file = inData("results", `conformance-${target}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const vitest = inProject("node_modules", "vitest", "vitest.mjs");
  const flags = [
    "run",
    "--project",
    "contract",
    "--reporter=json",
    `--outputFile.json=${file}`,
    "conformance",
  ];
  const { output } = await runToEnd(
    start,
    nodeProgram({
      name: "The conformance cases",
      args: [vitest, ...flags],
      env: { ...process.env, ...variables },
    }),
  );
  try {
    return readConformanceRun(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new LaunchError("The conformance cases did not run.", { details: output, cause });
  }
}
