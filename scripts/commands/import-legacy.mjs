import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run import:legacy`: brings in a database of the predecessor's shape. */
export default function importLegacy(/** @type {string[]} */ args) {
  return runDatabaseScript("import:legacy", "scripts/import-legacy.ts", args);
}
