import { nodeProgram } from "../launch/processes.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

/** `npm run bench`: what a call through the gateway class costs, beside the floor and the providers' own clients. */
export default async function bench() {
  let exitCode = 1;
  await withProcesses(async (start) => {
    const program = nodeProgram({
      name: "bench",
      args: ["--conditions=react-server", "--import=tsx", "scripts/bench.ts"],
      env: process.env,
    });
    const { code } = await start({ ...program, output: "inherit" }).ended;
    exitCode = code ?? 1;
  });
  return exitCode;
}
