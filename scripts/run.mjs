// The one entry of every npm script. Needs nothing but Node 20: it installs the dependencies if their lock changed, goes on
// under the Node that they pin, and hands over to the command.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { installIfNeeded } from "./launch/install.mjs";
import { LaunchError } from "./launch/launch-error.mjs";
import { inProject, projectFolder } from "./launch/paths.mjs";
import { preferPinnedTools, reRunOnPinnedNode, stopWithNpm } from "./launch/pinned-node.mjs";
import { sayProblem } from "./launch/progress.mjs";

const [, , command = "start", ...args] = process.argv;

try {
  process.chdir(projectFolder);
  stopWithNpm();
  await installIfNeeded();
  if (!reRunOnPinnedNode()) {
    preferPinnedTools();
    process.exit(await run());
  }
} catch (error) {
  if (!(error instanceof LaunchError)) {
    throw error;
  }
  sayProblem(error.message, error.details);
  process.exit(1);
}

/** @returns {Promise<number>} the exit code */
async function run() {
  const file = inProject("scripts", "commands", `${command.replaceAll(":", "-")}.mjs`);
  if (!existsSync(file)) {
    throw new LaunchError(`There is no command "${command}".`);
  }
  const { default: runCommand } = /** @type {{ default: (args: string[]) => Promise<number | void> }} */ (
    await import(pathToFileURL(file).href)
  );
  return (await runCommand(args)) ?? 0;
}
