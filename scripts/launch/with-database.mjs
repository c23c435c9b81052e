import { startOwnDatabase } from "./database.mjs";
import { APP_DATABASE, OWNER_ROLE } from "./database-roles.mjs";
import { databaseUrl } from "./embedded-postgres.mjs";
import { inData } from "./paths.mjs";
import { startProcess } from "./processes.mjs";
import { readSecrets } from "./secrets.mjs";
import { findRunning, withSession } from "./session.mjs";

/**
 * Gives the work the database that the app uses, as its owner: the one of DATABASE_URL, the embedded one of a running app,
 * or the embedded one started for the occasion.
 * @param {string} command
 * @param {(database: { ownerUrl: string, isEmbedded: boolean, start: import("./processes.mjs").StartProcess }) => Promise<void>} work
 */
export async function withDatabase(command, work) {
  if (process.env.DATABASE_URL) {
    await work({ ownerUrl: process.env.DATABASE_URL, isEmbedded: false, start: startProcess });
    return;
  }
  const secrets = readSecrets(inData("secrets.json"));
  const port = findRunning()?.databasePort;
  if (port !== undefined) {
    const ownerUrl = databaseUrl({
      user: OWNER_ROLE,
      password: secrets.databaseOwnerPassword,
      port,
      database: APP_DATABASE,
    });
    await work({ ownerUrl, isEmbedded: true, start: startProcess });
    return;
  }
  await withSession(command, async ({ start }) => {
    const { ownerUrl } = await startOwnDatabase(start, secrets);
    await work({ ownerUrl, isEmbedded: true, start });
  });
}
