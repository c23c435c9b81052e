import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { APP_ROLE, ensureDatabase } from "../launch/database-roles.mjs";
import { LaunchError } from "../launch/launch-error.mjs";
import { databaseCommand } from "../launch/migrate.mjs";
import { dataFolder, inData, inProject } from "../launch/paths.mjs";
import { nodeProgram, runToEnd } from "../launch/processes.mjs";
import { say } from "../launch/progress.mjs";
import { startThrowAwayPostgres } from "../launch/throw-away-postgres.mjs";
import { withProcesses } from "../launch/with-processes.mjs";

/**
 * `npm run db:record-release -- v0.1.0`: writes down what the code of that release uses of its database, as its own migrations
 * make it. Run once a release is out: from then on the migrations of the next one are held against it.
 * @param {string[]} args
 */
export default async function dbRecordRelease(args) {
  const [commit, ...rest] = args;
  if (commit === undefined || rest.length > 0) {
    throw new LaunchError(
      "npm run db:record-release takes -- and the tag or commit of the release that is out.",
    );
  }
  mkdirSync(dataFolder, { recursive: true });
  const folder = mkdtempSync(inData("release-"));
  try {
    await withProcesses(async (start) => {
      /** @param {import("../launch/processes.mjs").ProcessOptions} program */
      const run = async (program) => {
        const { ending, output } = await runToEnd(start, program);
        if (ending.code !== 0) {
          throw new LaunchError(`${program.name} failed.`, { details: output });
        }
        return output.trim();
      };
      const archive = path.join(folder, "release.tar");
      const hash = await run({ name: "git", command: "git", args: ["rev-parse", `${commit}^{commit}`] });
      await run({ name: "git", command: "git", args: ["archive", `--output=${archive}`, hash] });
      await run({ name: "tar", command: "tar", args: ["-xf", archive], cwd: folder });

      const { adminUrl, stop } = await startThrowAwayPostgres(start);
      const { ownerUrl } = await ensureDatabase({
        adminUrl,
        port: Number(new URL(adminUrl).port),
        ownerPassword: "owner",
        appPassword: "app",
      });
      const env = { DATABASE_URL: ownerUrl, SUNPRINT_APP_ROLE: APP_ROLE };
      const { migrateDatabase } = /** @type {typeof import("../../db/migrate.ts")} */ (
        await import(pathToFileURL(path.join(folder, "db", "migrate.ts")).href)
      );
      await migrateDatabase({ url: ownerUrl, appRole: APP_ROLE });

      const { version } = /** @type {{ version: string }} */ (readJson(folder, "package.json"));
      const journal = /** @type {{ entries: { tag: string }[] }} */ (
        readJson(folder, "db", "migrations", "meta", "_journal.json")
      );
      const tag = journal.entries.at(-1)?.tag ?? "";
      const recorder = databaseCommand("scripts/record-release.ts", env);
      await run({ ...recorder, args: [...recorder.args, version, hash, tag] });
      await stop();
      await run(
        nodeProgram({
          name: "biome",
          args: [
            inProject("node_modules", "@biomejs", "biome", "bin", "biome"),
            "format",
            "--write",
            inProject("tests", "support", "previous-release"),
          ],
        }),
      );
      say(`What ${version} at ${hash.slice(0, 7)} uses of its database is written down, up to ${tag}.`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {...string} parts @returns {unknown} */
function readJson(...parts) {
  return JSON.parse(readFileSync(path.join(...parts), "utf8"));
}
