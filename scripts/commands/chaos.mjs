import { describeEnding, nodeProgram } from "../launch/processes.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

/** `npm run chaos`: the production server, PostgreSQL and the emulator, killed and cut at every step. @param {string[]} args */
export default async function chaos(args) {
  const program = args.includes("--mutate") ? "scripts/chaos-mutate.ts" : "scripts/chaos.ts";
  let exitCode = 1;
  await withProcesses(async (start) => {
    const running = start(
      nodeProgram({
        name: program,
        // The same conditions as the commands over the database: `@/…`, and server code.
        args: [
          "--conditions=react-server",
          "--import=tsx",
          program,
          ...args.filter((arg) => arg !== "--mutate"),
        ],
        output: "inherit",
        // It has servers of its own to end.
        stopGraceMs: 15_000,
      }),
    );
    const ending = await running.ended;
    exitCode = ending.code ?? 1;
    if (ending.code === null) {
      console.error(describeEnding(ending));
    }
  });
  return exitCode;
}
