import { buildIfNeeded, CHAOS } from "@/scripts/launch/build.mjs";
import { startProcess } from "@/scripts/launch/processes.mjs";

/** Vitest's global set-up: the build that has failpoints. */
export default async function setup(): Promise<void> {
  await buildIfNeeded(startProcess, CHAOS);
}
