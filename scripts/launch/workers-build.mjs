import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { keepLog } from "./build.mjs";
import { takeBuildSlot } from "./build-slot.mjs";
import { LaunchError } from "./launch-error.mjs";
import { mergeEqualChunks } from "./merge-chunks.mjs";
import { inProject } from "./paths.mjs";
import { nodeProgram, runToEnd } from "./processes.mjs";
import { sayWhile } from "./progress.mjs";
import { hashSources } from "./source-hash.mjs";

/**
 * The names of these files change with what is in them, so nobody need ask for them twice. Next says so itself where it
 * delivers them; Cloudflare delivers assets without asking the Worker, and lets browsers ask each time unless told.
 * https://developers.cloudflare.com/workers/static-assets/headers/
 */
const ASSET_HEADERS = `/_next/static/*
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff
`;

const STAMP = inProject(".open-next", ".source-hash");

/** Whether the build for Workers is the one of these sources. */
export function isWorkersBuildCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === hashSources();
}

/**
 * Builds the app for Workers (`.open-next`) unless the last such build was made from the same sources. The build for Node
 * stays as it is.
 * @param {import("./processes.mjs").StartProcess} start
 */
export async function buildForWorkersIfNeeded(start) {
  if (isWorkersBuildCurrent()) {
    return;
  }
  const sources = hashSources();
  rmSync(STAMP, { force: true });
  await sayWhile(
    "Building the app for Workers; this takes about a minute and is done once for each version of the sources.",
    () => buildBoth(start),
    () => "still building",
  );
  writeFileSync(STAMP, sources);
}

/** Next's part, then OpenNext's. @param {import("./processes.mjs").StartProcess} start */
async function buildBoth(start) {
  takeBuildSlot("workers");
  try {
    await run(start, ["next", "dist", "bin", "next"], ["build"]);
    for (const folder of [".next/server/chunks", ".next/standalone/.next/server/chunks"]) {
      mergeEqualChunks(inProject(folder));
      mergeEqualChunks(inProject(folder, "ssr"));
    }
    await run(start, ["@opennextjs", "cloudflare", "dist", "cli", "index.js"], ["build", "--skipNextBuild"]);
    writeFileSync(inProject(".open-next", "assets", "_headers"), ASSET_HEADERS);
  } finally {
    takeBuildSlot("node");
  }
}

/**
 * @param {import("./processes.mjs").StartProcess} start
 * @param {string[]} program below node_modules
 * @param {string[]} args
 */
async function run(start, program, args) {
  const { NEXT_PUBLIC_SITE_URL: _, ...env } = process.env;
  const { ending, output } = await runToEnd(
    start,
    nodeProgram({
      name: "The build for Workers",
      args: [inProject("node_modules", ...program), ...args],
      env: { ...env, SUNPRINT_WORKERS_BUILD: "1", NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    }),
  );
  keepLog(
    path.basename(program.at(-1) ?? "") === "next" ? "workers-next.log" : "workers-open-next.log",
    output,
  );
  if (ending.code !== 0) {
    throw new LaunchError("The app could not be built for Workers.", { details: output });
  }
}
