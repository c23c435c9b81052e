import { serve } from "../launch/serve.mjs";

/** `npm start`: the production app with everything it needs. */
export default function start() {
  return serve({ command: "start", flavour: "production" });
}
