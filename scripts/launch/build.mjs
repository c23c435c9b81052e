import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { takeBuildSlot } from "./build-slot.mjs";
import { LaunchError } from "./launch-error.mjs";
import { inData, inProject, logFolder, projectFolder } from "./paths.mjs";
import { nodeProgram, runToEnd } from "./processes.mjs";
import { sayWhile } from "./progress.mjs";
import { hashSources } from "./source-hash.mjs";

/** @typedef {{ folder: string, env: import("./processes.mjs").Environment }} BuildTarget next.config.ts has the same folder */

const NEXT_TYPES = inProject("next-env.d.ts");

/** The build that is served. @type {BuildTarget} */
const PRODUCTION = { folder: inProject(".next"), env: {} };

/** The same with failpoints, for `npm run chaos` alone. @type {BuildTarget} */
export const CHAOS = { folder: inData("chaos-build"), env: { SUNPRINT_CHAOS_BUILD: "1" } };

/** What `next build` makes; it needs neither the project's node_modules nor its sources. @param {BuildTarget} [target] */
export function standaloneServer(target = PRODUCTION) {
  return path.join(target.folder, "standalone", "server.js");
}

/** @param {BuildTarget} target */
function stampOf({ folder }) {
  return path.join(folder, "standalone", ".source-hash");
}

/** Whether the build is the one of these sources. @param {BuildTarget} [target] */
export function isBuildCurrent(target = PRODUCTION) {
  const stamp = stampOf(target);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources();
}

/**
 * Builds the app for production unless the last build was made from the same sources.
 * @param {import("./processes.mjs").StartProcess} start
 * @param {BuildTarget} [target]
 */
export async function buildIfNeeded(start, target = PRODUCTION) {
  makeRoomFor(target);
  if (!isBuildCurrent(target)) {
    await build(start, target);
  }
}

/**
 * @param {import("./processes.mjs").StartProcess} start
 * @param {BuildTarget} [target]
 */
export async function build(start, target = PRODUCTION) {
  makeRoomFor(target);
  const sources = hashSources();
  const server = standaloneServer(target);
  const types = existsSync(NEXT_TYPES) ? readFileSync(NEXT_TYPES) : undefined;
  rmSync(stampOf(target), { force: true });
  const { ending, output } = await sayWhile(
    "Building the app; this takes about half a minute and is done once for each version of the sources.",
    () => runToEnd(start, nextBuild(target)),
    () => "still building",
  );
  keepLog("build.log", output);
  if (types && target !== PRODUCTION) {
    // Next has pointed it at the build just made; the type check reads the routes of the ordinary one.
    writeFileSync(NEXT_TYPES, types);
  }
  if (ending.code !== 0) {
    throw new LaunchError("The app could not be built.", { details: output });
  }
  if (!existsSync(server)) {
    throw new LaunchError(`The build did not make ${server}.`, { details: output });
  }
  // Next leaves these two to a content delivery network; here the server delivers them itself.
  const standalone = path.dirname(server);
  const statics = path.join(target.folder, "static");
  cpSync(statics, path.join(standalone, path.relative(projectFolder, statics)), { recursive: true });
  if (existsSync(inProject("public"))) {
    cpSync(inProject("public"), path.join(standalone, "public"), { recursive: true });
  }
  writeFileSync(stampOf(target), sources);
}

/** The build for Workers uses the same folder. @param {BuildTarget} target */
function makeRoomFor(target) {
  if (target === PRODUCTION) {
    takeBuildSlot("node");
  }
}

/** @param {BuildTarget} target */
function nextBuild(target) {
  const { NEXT_PUBLIC_SITE_URL: _, ...env } = process.env;
  return nodeProgram({
    name: "The build",
    args: [inProject("node_modules", "next", "dist", "bin", "next"), "build"],
    // Without the site's address, which would otherwise be baked in: one build serves every address.
    env: { ...env, ...target.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}

/** @param {string} name @param {string} output */
export function keepLog(name, output) {
  mkdirSync(logFolder, { recursive: true });
  writeFileSync(path.join(logFolder, name), output);
}
