import path from "node:path";
import { ensureDatabase } from "./database-roles.mjs";
import { startEmbeddedPostgres } from "./embedded-postgres.mjs";
import { migrateDatabase } from "./migrate.mjs";
import { inData, logFolder, projectFolder } from "./paths.mjs";
import { say } from "./progress.mjs";

/**
 * The database under `.data/`, running.
 * @param {import("./processes.mjs").StartProcess} start
 * @param {import("./secrets.mjs").Secrets} secrets
 */
export async function startOwnDatabase(start, secrets) {
  const { adminUrl, port, clusterFolder } = await startEmbeddedPostgres({
    clusterFolder: inData("postgres"),
    superuserPassword: secrets.databaseSuperuserPassword,
    logFile: path.join(logFolder, "postgres.log"),
    start,
  });
  const urls = await ensureDatabase({
    adminUrl,
    port,
    ownerPassword: secrets.databaseOwnerPassword,
    appPassword: secrets.databaseAppPassword,
  });
  return { port, clusterFolder, ...urls };
}

/**
 * The address that the app signs in to, with the newest tables behind it.
 * @param {object} options
 * @param {import("./processes.mjs").StartProcess} options.start
 * @param {import("./secrets.mjs").Secrets} options.secrets
 * @param {string | undefined} options.url the user's own database, if there is one
 * @param {(port: number) => void} options.onPort
 */
export async function prepareDatabase({ start, secrets, url, onPort }) {
  if (url) {
    await migrateDatabase({ ownerUrl: url, grantsToAppRole: false });
    say("The database of DATABASE_URL is up to date.");
    return url;
  }
  const { ownerUrl, appUrl, port, clusterFolder } = await startOwnDatabase(start, secrets);
  onPort(port);
  await migrateDatabase({ ownerUrl, grantsToAppRole: true });
  const place = path.relative(projectFolder, clusterFolder);
  say(
    `PostgreSQL is running on ${place.startsWith("..") ? clusterFolder : place}, its tables are up to date.`,
  );
  return appUrl;
}
