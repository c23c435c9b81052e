import { serve } from "../launch/serve.mjs";

/** `npm run dev`: as `npm start`, with Next's development server. */
export default function dev() {
  return serve({ command: "dev", flavour: "development" });
}
