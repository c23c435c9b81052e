import { migrateDatabase } from "../launch/migrate.mjs";
import { say } from "../launch/progress.mjs";
import { withDatabase } from "../launch/with-database.mjs";

/** `npm run db:migrate`: brings the database up to date, whether or not the app runs. */
export default function dbMigrate() {
  return withDatabase("db:migrate", async ({ ownerUrl, isEmbedded }) => {
    await migrateDatabase({ ownerUrl, grantsToAppRole: isEmbedded });
    say("The database is up to date.");
  });
}
