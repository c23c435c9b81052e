/**
 * Which folder may import which, type-only imports included. ARCHITECTURE.md draws the same arrows.
 * With TypeScript 7 alone this tool sees no module at all and reports success; @swc/core parses for it, and
 * `npm run check` fails when fewer modules were seen than there are files.
 */

/** What the browser may see of lib: contracts, the catalogue, and leaves that are the same everywhere. */
export const BROWSER_SAFE =
  "^lib/(contracts/|ui/|(ai-gateway-utils|credits/new-code|errors|ids|invariant)\\.ts$)";

const TEST = "\\.test\\.tsx?$";

/** @type {(name: string, comment: string, from: object | string, to: object | string) => { name: string }} */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: typeof from === "string" ? { path: from, pathNot: TEST } : from,
  to: typeof to === "string" ? { path: to } : to,
});

const npm = (/** @type {string} */ names) => `(^|/)node_modules/(${names})(/|$)`;

export default {
  forbidden: [
    forbid("no-cycles", "Two files that need each other are one file, or three.", {}, { circular: true }),
    forbid(
      "app-through-lib",
      "Screens and routes are doors: rows and SQL belong behind lib.",
      "^app/",
      `^(db|emulator|scripts|tests)/|${npm("drizzle-orm|postgres")}`,
    ),
    forbid(
      "components-presentational",
      "Shared pieces get everything as props; they know contracts and nothing behind them.",
      "^components/",
      { path: "^(db|app|emulator|scripts|tests|lib)/|^env\\.mjs$", pathNot: BROWSER_SAFE },
    ),
    forbid(
      "lib-downwards",
      "The product knows neither its screens nor its tools.",
      "^lib/",
      "^(app|components|emulator|scripts|tests)/",
    ),
    forbid(
      "browser-safe-stays-pure",
      "This part of lib ends up in the browser: no environment, no database, no Node, no server code.",
      BROWSER_SAFE,
      { path: "^(lib|db)/|^env\\.mjs$|node_modules/server-only/", pathNot: BROWSER_SAFE },
    ),
    forbid("browser-safe-without-node", "This part of lib ends up in the browser.", BROWSER_SAFE, {
      dependencyTypes: ["core"],
    }),
    forbid(
      "leaves-import-nothing",
      "A leaf that grows branches is no leaf.",
      "^lib/(errors|ids|invariant|clock|logger|retry)\\.ts$",
      { path: "^(lib|db)/", pathNot: "^lib/errors\\.ts$" },
    ),
    forbid(
      "providers-know-no-domain",
      "Providers translate wire formats; what a generation is, they do not know.",
      "^lib/providers/",
      "^db/|^lib/(assets|auth|credits|generation|http|monitoring|reconciliation|services|webhooks)(/|\\.ts$)",
    ),
    forbid(
      "upstream-knows-no-provider",
      "The transport and its policy serve every provider alike.",
      "^lib/upstream/",
      "^db/|^lib/(assets|auth|credits|generation|http|providers|reconciliation|services|webhooks)(/|\\.ts$)",
    ),
    forbid(
      "gateway-knows-no-domain",
      "The gateway class knows HTTP, providers and policy, but neither users nor credits nor the database.",
      "^lib/ai-gateway\\.ts$",
      "^db/|^lib/(assets|auth|credits|generation|http|reconciliation|services|webhooks)(/|\\.ts$)",
    ),
    forbid(
      "http-knows-no-domain",
      "The wrapper of the routes serves every use case alike.",
      "^lib/http/",
      "^lib/(assets|credits|generation|reconciliation|webhooks)/",
    ),
    forbid(
      "credits-know-nobody",
      "Money is counted without knowing what it is spent on.",
      "^lib/credits/",
      `^lib/(ai-gateway|assets|generation|http|providers|reconciliation|upstream|webhooks)(/|\\.ts$)|${npm("next")}`,
    ),
    forbid(
      "generation-before-webhooks",
      "Webhooks and sweeps drive generations, never the other way round.",
      "^lib/(generation|assets)/",
      "^lib/(webhooks|reconciliation|http)/",
    ),
    forbid(
      "webhooks-before-reconciliation",
      "Sweeps may redo a delivery, not the other way round.",
      "^lib/webhooks/",
      "^lib/reconciliation/",
    ),
    forbid(
      "host-imports-nothing",
      "What the process or the request is must be known before anything can be built on it.",
      "^host/",
      "^(app|lib|db|components|emulator|scripts|tests)/|^env\\.mjs$",
    ),
    forbid(
      "workers-apart",
      "What only Workers have comes in with the twins of the build for Workers (next.config.ts), and with nothing else.",
      {
        path: "^(app|lib|db|components)/",
        pathNot: ["\\.workers\\.ts$", "^lib/assets/(r2-storage|images-workshop)\\.ts$", TEST],
      },
      "\\.workers\\.ts$|^lib/assets/(r2-storage|images-workshop)\\.ts$|^lib/upstream/fetch-transport\\.ts$",
    ),
    forbid(
      "db-is-the-floor",
      "Everything stands on it; it stands on the driver.",
      "^db/",
      "^(app|lib|components|emulator|scripts|tests)/",
    ),
    forbid(
      "emulator-stands-alone",
      "A process of its own, met by its wire alone: it shares no line with the app.",
      "^emulator/",
      "^(app|lib|db|components|scripts|tests)/|^env\\.mjs$",
    ),
    forbid(
      "emulator-is-a-process",
      "The app meets the emulator through the variables that point at Cloudflare.",
      { pathNot: ["^(emulator|tests)/", TEST] },
      "^emulator/",
    ),
    forbid(
      "scripts-are-ends",
      "Nobody imports a script; what is worth sharing belongs in lib.",
      { pathNot: ["^(scripts|tests)/", TEST] },
      "^scripts/",
    ),
    forbid("tests-are-ends", "Nobody imports a test.", { pathNot: ["^tests/", TEST] }, "^tests/"),
    forbid("not-to-test-files", "A test file holds tests only.", {}, TEST),
    forbid(
      "one-door-upstream",
      "Only the gateway and its parts know how upstreams are spoken to.",
      { path: "^(app|lib|db|components)/", pathNot: ["^lib/(ai-gateway\\.ts|providers/|upstream/)", TEST] },
      npm("replicate|@google/generative-ai|undici"),
    ),
    forbid(
      "one-door-to-the-database",
      "SQL lives in db; lib calls functions of db/queries.",
      { path: "^lib/", pathNot: TEST },
      npm("drizzle-orm|postgres"),
    ),
    forbid(
      "only-listed-packages",
      "An import of a package that package.json does not list.",
      {},
      {
        dependencyTypes: ["npm-no-pkg"],
      },
    ),
    forbid(
      "no-unresolvable",
      "An import of a file that is not there.",
      {},
      // Made by the build for Workers; wrangler.toml tells where it is.
      { couldNotResolve: true, pathNot: "^open-next-worker$" },
    ),
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "^(\\.next|\\.data|\\.open-next)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    parser: "swc",
    enhancedResolveOptions: {
      conditionNames: ["react-server", "import", "node", "default", "types"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
