import { readCommandLine } from "../command-line.ts";
import { inProject } from "../launch/paths.mjs";
import { nodeProgram } from "../launch/processes.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

const USAGE = `Has pictures live through everything that can happen to their credits, under an oracle.
  npm run simulate                                      a million lives, from a new seed
  npm run simulate -- --lifecycles 20000 --seed 7       so many, the same each time`;

/**
 * `npm run simulate -- --lifecycles 1000000 --seed 7`: pictures live through everything that can happen to their credits,
 * on a real database, under an oracle. The same seed is the same run.
 */
export default async function simulate(/** @type {string[]} */ args) {
  const { values } = readCommandLine(USAGE, {
    args,
    options: { lifecycles: { type: "string", default: "1000000" }, seed: { type: "string" } },
  });
  let exitCode = 1;
  await withProcesses(async (start) => {
    const running = start(
      nodeProgram({
        name: "the simulation",
        args: [
          inProject("node_modules", "vitest", "vitest.mjs"),
          "run",
          "--project",
          "integration",
          "simulation.test",
        ],
        env: { ...process.env, SIMULATE_LIFECYCLES: values.lifecycles, SIMULATE_SEED: values.seed },
        output: "inherit",
      }),
    );
    exitCode = (await running.ended).code ?? 1;
  });
  return exitCode;
}
