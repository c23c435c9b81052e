import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultGroups } from "@/scripts/faults/fault-list.mjs";
import { findGaps, playwrightResults } from "@/scripts/faults/read-results.mjs";
import { keepResults, renderFaults, withoutResults } from "@/scripts/faults/render-faults.mjs";
import { findTaggedTests } from "@/scripts/faults/tagged-tests.mjs";
import { inProject, projectFolder } from "@/scripts/launch/paths.mjs";
import * as houseRules from "./support/tidy/house-rules";
import {
  downloadAddresses,
  type Lock,
  missingPlatformPackages,
  versionsBelowFloor,
} from "./support/tidy/lock-rules";
import { plantedViolations } from "./support/tidy/planted-violations";
import { readTree } from "./support/tidy/read-tree";

describe("the house rules", () => {
  const tree = readTree(projectFolder);

  describe.for(Object.entries(houseRules))("%s", ([name, rule]) => {
    it("holds in this tree", () => {
      expect(rule(tree)).toEqual([]);
    });

    it("is broken by what breaks it", () => {
      const planted = plantedViolations[name as keyof typeof houseRules];
      expect(rule(new Map(Object.entries(planted)))).not.toEqual([]);
    });
  });

  it("lets a route be tested by its address, by import, or below a group", () => {
    const tree = new Map([
      ["app/(machine)/api/task/[id]/route.ts", ""],
      ["app/api/auth/[...all]/route.ts", ""],
      ["app/api/health/route.ts", ""],
      [
        "tests/integration/a.test.ts",
        'get("/api/health"); get("/api/task/gen_1?x=1"); get("/api/auth/sign-in/email");',
      ],
    ]);
    expect(houseRules.everyRouteHasAnIntegrationTest(tree)).toEqual([]);
  });
});

describe("the table of faults", () => {
  const tree = readTree(projectFolder);
  const tests = findTaggedTests(tree);
  const known = faultGroups.flatMap(({ faults }) => faults.map(({ id }) => id));

  it("is what the tests' titles say (npm run docs:faults writes it)", () => {
    expect(withoutResults(tree.get("docs/faults.md") ?? "")).toBe(withoutResults(renderFaults(tests, [])));
  });

  it("has every fault once, and every test's fault", () => {
    expect(new Set(known).size).toBe(known.length);
    expect(tests.flatMap(({ ids }) => ids).filter((id) => !known.includes(id))).toEqual([]);
  });

  it("finds titles in any form, and their results", () => {
    const source = 'it("[F-12] [F-13] of %s, \\"all\\"", () => {});\n  ["[F-12] b", 1],\n// "no [F-14] here"';
    const found = findTaggedTests(new Map([["lib/a.test.ts", source]]));
    expect(found).toEqual([
      { file: "lib/a.test.ts", title: 'of %s, "all"', ids: ["F-12", "F-13"] },
      { file: "lib/a.test.ts", title: "b", ids: ["F-12"] },
    ]);
    const results = ["passed", "failed"].map((status) => ({
      file: "lib/a.test.ts",
      fullName: `group [F-12] [F-13] of ${status}, "all"`,
      status,
    }));
    const text = renderFaults(found, results);
    expect(text).toContain('- `lib/a.test.ts`: of %s, "all" — 1 of 2 failed\n');
    expect(text).toContain("- `lib/a.test.ts`: b — not run\n");
    expect(withoutResults(text)).toBe(withoutResults(renderFaults(found, [])));
    // The titles alone: what is known of a line stays.
    expect(keepResults(renderFaults(found, []), text)).toBe(text);
    expect(keepResults(renderFaults(found, []), "")).toContain('of %s, "all" — not run\n');
  });

  it("is written from the browser's results, too", () => {
    const tests = ["expected", "flaky", "skipped"].map((status) => ({ status }));
    const inner = { title: "two tabs", specs: [{ title: "[F-11] agree", file: "two-tabs.spec.ts", tests }] };
    const results = playwrightResults({ suites: [{ title: "two-tabs.spec.ts", suites: [inner] }] });
    expect(results.map(({ status }) => status)).toEqual(["passed", "failed", "skipped"]);
    expect(results[0]).toMatchObject({
      file: "tests/e2e/two-tabs.spec.ts",
      fullName: "two-tabs.spec.ts two tabs [F-11] agree",
    });
  });

  it("is written after a whole run alone", () => {
    const step = (name: string, file: string) => ({
      name,
      commands: [],
      results: { kind: "vitest" as const, file },
    });
    const steps = [step("there", inProject("package.json")), step("missing", inProject("no-such.json"))];
    const newest = (changedAtMs: number) => ({ file: "lib/a.ts", changedAtMs });
    expect(findGaps(steps, newest(0))).toEqual(["missing: was not run"]);
    expect(findGaps(steps, newest(Number.POSITIVE_INFINITY))).toEqual([
      "there: was run before lib/a.ts was changed",
      "missing: was not run",
    ]);
  });
});

describe("the lock file", () => {
  const lock = JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")) as Lock;

  it("names no address to download from", () => {
    expect(downloadAddresses(lock)).toEqual([]);
    const planted = { packages: { "node_modules/a": { resolved: "https://example.com/a.tgz" } } };
    expect(downloadAddresses(planted)).toHaveLength(1);
  });

  it("has the builds for every platform", () => {
    expect(missingPlatformPackages(lock)).toEqual([]);
    const planted = { packages: { "node_modules/a": { optionalDependencies: { "a-darwin": "1.0.0" } } } };
    expect(missingPlatformPackages(planted)).toHaveLength(1);
  });

  it("stays above the versions that advisories name", () => {
    expect(versionsBelowFloor(lock)).toEqual([]);
    const sound = {
      "node_modules/next": { version: "16.5.0" },
      "node_modules/react": { version: "19.3.1" },
      "node_modules/react-dom": { version: "20.0.0" },
      "node_modules/sharp": { version: "0.35.5" },
      "node_modules/better-auth": { version: "1.7.25" },
      "node_modules/drizzle-orm": { version: "0.45.4" },
    };
    expect(versionsBelowFloor({ packages: sound })).toEqual([]);
    const broken = [
      { "node_modules/next": { version: "16.4.0" } },
      { "node_modules/next": { version: "16.4.1-canary.2" } },
      { "node_modules/a/node_modules/react": { version: "18.9.9" } },
      { "node_modules/sharp": {} },
    ];
    for (const change of broken) {
      expect(versionsBelowFloor({ packages: { ...sound, ...change } })).toHaveLength(1);
    }
  });
});
