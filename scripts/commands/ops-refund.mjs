import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run ops:refund`: gives back what a generation was charged. */
export default function refund(/** @type {string[]} */ args) {
  return runDatabaseScript("ops:refund", "scripts/refund.ts", args);
}
