import { runDatabaseScript } from "../launch/database-script.mjs";

/** `npm run ops:pause-model`: pauses a model with a sentence that people read, or ends its pause. */
export default function pauseModel(/** @type {string[]} */ args) {
  return runDatabaseScript("ops:pause-model", "scripts/pause-model.ts", args);
}
