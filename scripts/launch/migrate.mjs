import { inspect } from "node:util";
import { APP_ROLE } from "./database-roles.mjs";
import { LaunchError } from "./launch-error.mjs";
import { nodeProgram } from "./processes.mjs";

/**
 * Runs one of the TypeScript commands over the database. They import the app's own modules: `@/…` is resolved by tsx, and
 * the condition is the one under which `server-only` lets server code in.
 * @param {string} file
 * @param {import("./processes.mjs").Environment} env
 */
export function databaseCommand(file, env) {
  return nodeProgram({
    name: file,
    args: ["--conditions=react-server", "--import=tsx", file],
    env: { ...process.env, ...env },
  });
}

/**
 * Brings the tables up to date, in this process: a start whose tables are up to date should not wait for another Node.
 * @param {{ ownerUrl: string, grantsToAppRole: boolean }} database
 */
export async function migrateDatabase({ ownerUrl, grantsToAppRole }) {
  const { migrateDatabase: migrate } = await import("../../db/migrate.ts");
  try {
    await migrate({ url: ownerUrl, appRole: grantsToAppRole ? APP_ROLE : process.env.SUNPRINT_APP_ROLE });
  } catch (error) {
    throw new LaunchError("The database could not be brought up to date.", {
      cause: error,
      // With what is behind it: Drizzle's own sentence is the statement, and PostgreSQL's reason its cause.
      details: inspect(error),
    });
  }
}
