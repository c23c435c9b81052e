import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Set by `npm run chaos` for a build of its own, with failpoints, in a folder of its own. */
const isChaosBuild = process.env.SUNPRINT_CHAOS_BUILD === "1";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** One character of a path as decodeURIComponent takes it: plain, or the escapes of one to four bytes of UTF-8. */
const DECODABLE = [
  "[^%]",
  "%[0-7][0-9a-f]",
  "%(?:c[2-9a-f]|d[0-9a-f])%[89ab][0-9a-f]",
  "%(?:e0%[ab]|ed%[89]|(?:e[1-9abcef])%[89ab])[0-9a-f]%[89ab][0-9a-f]",
  "%(?:f0%[9ab]|f4%8|f[1-3]%[89ab])[0-9a-f](?:%[89ab][0-9a-f]){2}",
].join("|");

/**
 * Each file of these has a twin `….workers.ts`, which the build for Workers takes in its place. They are always imported by
 * these names.
 */
const TWINS = ["@/host/scope", "@/lib/boot", "@/lib/host"];
const isForWorkers = process.env.SUNPRINT_WORKERS_BUILD === "1";
const workersTwins = Object.fromEntries(
  TWINS.map((name) => [name, `${name.replace("@/", "./")}.workers.ts`]),
);

const config: NextConfig = {
  output: "standalone",
  distDir: isChaosBuild ? ".data/chaos-build" : ".next",
  // A constant, so that every other build has neither the failpoints nor a way to switch them on.
  compiler: { defineServer: { "import.meta.failpoints": isChaosBuild } },
  // Otherwise Next takes the topmost folder that has a lock file, and builds into another place.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname, ...(isForWorkers ? { resolveAlias: workersTwins } : {}) },
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  // A start should not read every route before it answers; a route is read by the first request for it.
  experimental: { turbopackCjsTreeShaking: true, preloadEntriesOnStart: false },
  // Private pictures are served by /img/{id} after an access check; Next's optimizer would cache them for anybody.
  images: { unoptimized: true },
  // `npm run check` type-checks the whole tree, tests and scripts included; the build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["sharp", "postgres"],
  // The language is in the address (none is English, /zh is Chinese), without a proxy in front of every request.
  async redirects() {
    const toChinese = { source: "/", destination: "/zh", permanent: false } as const;
    return [
      { source: "/en/:path*", destination: "/:path*", permanent: false },
      { ...toChinese, has: [{ type: "cookie", key: "NEXT_LOCALE", value: "zh" }] },
      {
        ...toChinese,
        missing: [{ type: "cookie", key: "NEXT_LOCALE" }],
        has: [{ type: "header", key: "accept-language", value: "zh.*" }],
      },
    ];
  },
  async rewrites() {
    return {
      // Next answers 500 to a path that cannot be decoded. Nothing has such an address, so it is sent where nothing is.
      beforeFiles: [
        { source: `/:kind(api|img)/((?!(?:${DECODABLE})*$).*)`, destination: "/api/undecodable" },
        { source: `/((?!(?:${DECODABLE})*$).*)`, destination: "/en/undecodable" },
      ],
      afterFiles: [
        { source: "/", destination: "/en" },
        { source: "/:path((?!zh(?:/|$)|en(?:/|$)|api/|img/|_next/).*)", destination: "/en/:path" },
      ],
      fallback: [],
    };
  },
  async headers() {
    return [{ source: "/:path*", headers: securityHeaders }];
  },
};

export default createNextIntlPlugin({
  requestConfig: "./i18n/request.ts",
  // Messages are parsed while building, so that the browser needs no parser for them.
  experimental: { messages: { path: "./messages", format: "json", locales: "infer", precompile: true } },
})(config);
