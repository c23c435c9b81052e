import type * as houseRules from "./house-rules";

/** For each rule of the house, a file or more that break it: a rule that cannot fail is no rule. */
export const plantedViolations: Record<keyof typeof houseRules, Record<string, string>> = {
  templateListsEveryVariable: {
    "env.mjs": "const server = { CRON_SECRET: z.string() };",
    "env.cloudflare.template": "# when to sweep\nCRON_SECERT=\n",
  },
  everyRouteHasAnIntegrationTest: {
    "app/api/task/route.ts": "",
    "app/api/task/[id]/cancel/route.ts": "",
    "tests/integration/task.test.ts": 'fetch("/api/task/events"); fetch("/api/task/gen_1")',
  },
  everyRouteAnswersEveryMethod: { "app/api/task/route.ts": "export const GET = route();" },
  serverModulesSaySo: { "lib/credits/hold.ts": 'import { sql } from "x";\nimport "server-only";' },
  everyTableIsExplained: { "db/schema/users.ts": 'export const users = pgTable("users", {});' },
  everyErrorIsRaisedAndTested: {
    "lib/errors.ts": "export const ERRORS = {\n  forbidden: { status: 403 },\n};",
    "lib/http/respond.ts": 'throw new AppError("forbidden", "no");',
  },
  filesAreShort: { "lib/long.ts": "x\n".repeat(401) },
  ownModulesAreNotMocked: { "lib/a.test.ts": 'vi.mock("@/db/client");' },
  noTestIsLeftOut: { "lib/a.test.ts": 'it.only("x");', "tests/e2e/b.spec.ts": 'test.skip("y");' },
  linksLeadSomewhere: { "README.md": "[a](docs/absent.md) [b](#no-such-heading)\n# Heading" },
};
