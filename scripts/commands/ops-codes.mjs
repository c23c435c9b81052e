import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run ops:codes`: makes codes that give credits. */
export default function codes(/** @type {string[]} */ args) {
  return runDatabaseScript("ops:codes", "scripts/codes.ts", args);
}
