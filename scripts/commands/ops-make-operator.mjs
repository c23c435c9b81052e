import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run ops:make-operator`: makes somebody an operator, or takes that back. */
export default function makeOperator(/** @type {string[]} */ args) {
  return runDatabaseScript("ops:make-operator", "scripts/make-operator.ts", args);
}
