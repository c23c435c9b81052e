import { build } from "../launch/build.mjs";
import { startProcess } from "../launch/processes.mjs";
import { say } from "../launch/progress.mjs";

/** `npm run build`: the production build, whether or not the sources have changed. */
export default async function buildForProduction() {
  await build(startProcess);
  say("The production build is in .next/standalone.");
}
