import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run ops:grant`: gives credits to a person, or takes back what should not have been given. */
export default function grant(/** @type {string[]} */ args) {
  return runDatabaseScript("ops:grant", "scripts/grant.ts", args);
}
