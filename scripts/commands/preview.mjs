import { serve } from "../launch/serve.mjs";

/** `npm run preview`: as `npm start`, built for Workers and served by Cloudflare's own runtime. */
export default function preview() {
  return serve({ command: "preview", flavour: "workers" });
}
