import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run db:check`: prints what breaks an invariant of the ledger, and fails if anything does. */
export default function dbCheck(/** @type {string[]} */ args) {
  return runDatabaseScript("db:check", "scripts/db-check.ts", args);
}
