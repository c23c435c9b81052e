import { databaseCommand, migrateDatabase } from "./migrate.mjs";
import { runToEnd } from "./processes.mjs";
import { withDatabase } from "./with-database.mjs";

/**
 * Runs one of the TypeScript commands over the app's database, prints what it prints and ends as it ends.
 * @param {string} command as it is called: `db:check`
 * @param {string} file
 * @param {string[]} args
 */
export async function runDatabaseScript(command, file, args) {
  let exitCode = 1;
  await withDatabase(command, async ({ ownerUrl, isEmbedded, start }) => {
    if (isEmbedded) {
      // One that was only just made has no tables yet.
      await migrateDatabase({ ownerUrl, grantsToAppRole: true });
    }
    const program = databaseCommand(file, { DATABASE_URL: ownerUrl });
    const { ending, output } = await runToEnd(start, { ...program, args: [...program.args, ...args] });
    process.stdout.write(output);
    exitCode = ending.code ?? 1;
  });
  return exitCode;
}
