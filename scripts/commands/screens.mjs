import { inData, inProject } from "../launch/paths.mjs";
import { describeEnding, nodeProgram } from "../launch/processes.mjs";
import { say } from "../launch/progress.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

/** `npm run screens`: every screen in every state, as pictures to look at. Arguments go to Playwright. @param {string[]} args */
export default async function screens(args) {
  let exitCode = 1;
  await withProcesses(async (start) => {
    const running = start(
      nodeProgram({
        name: "screens",
        args: [
          inProject("node_modules", "@playwright", "test", "cli.js"),
          "test",
          "--config=tests/screens/playwright.config.ts",
          "--reporter=line",
          ...args,
        ],
        output: "inherit",
        stopGraceMs: 15_000,
      }),
    );
    const ending = await running.ended;
    exitCode = ending.code ?? 1;
    if (ending.code === null) {
      console.error(describeEnding(ending));
    }
  });
  say(`The screens are in ${inData("screens", "index.html")}.`);
  return exitCode;
}
