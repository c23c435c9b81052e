import { defineCloudflareConfig } from "@opennextjs/cloudflare";

// Pages are made for one person or at build time: there is nothing to keep in a cache between requests.
export default {
  ...defineCloudflareConfig(),
  buildCommand: "node node_modules/next/dist/bin/next build",
};
