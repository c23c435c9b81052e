import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run db:rebuild-balances -- --verify`: rebuilds every balance from its entries and compares it with the cached one. */
export default function rebuildBalances(/** @type {string[]} */ args) {
  return runDatabaseScript("db:rebuild-balances", "scripts/rebuild-balances.ts", args);
}
