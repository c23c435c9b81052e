import { describe, expect, it } from "vitest";
import { inProject } from "../launch/paths.mjs";
import { readPlaywrightReport, readVitestReport } from "./test-reports.mjs";

describe("Vitest's report", () => {
  const reportOf = (...testResults: object[]) =>
    JSON.stringify({ numPassedTests: 3, numFailedTests: 1, numTotalTests: 6, testResults });

  it("names each test that failed, with the first line of why", () => {
    const failed = {
      name: inProject("tests", "a.test.ts"),
      status: "failed",
      assertionResults: [
        {
          fullName: "the sun rises",
          status: "failed",
          failureMessages: ["it did\u001b[31m not\u001b[39m\n  at line 3"],
        },
        { fullName: "the sun sets", status: "passed" },
      ],
    };
    expect(readVitestReport(reportOf(failed))).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
      failures: ["tests/a.test.ts the sun rises: it did not"],
    });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const broken = {
      name: inProject("tests", "b.test.ts"),
      status: "failed",
      message: "no such module",
      assertionResults: [],
    };
    expect(readVitestReport(reportOf(broken))).toMatchObject({
      failed: 1,
      failures: ["tests/b.test.ts: no such module"],
    });
  });
});

describe("Playwright's report", () => {
  it("counts a test that needed a second attempt, and an error outside of tests, as failures, and names them", () => {
    const test = (status: string) => ({
      projectName: "desktop",
      status,
      results: [{ error: { message: `it was ${status}` } }, {}],
    });
    const report = {
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: "set-up" }],
      suites: [
        {
          specs: [{ title: "top", file: "a.spec.ts", tests: [test("flaky"), test("expected")] }],
          suites: [{ specs: [{ title: "nested", file: "a.spec.ts", tests: [test("unexpected")] }] }],
        },
      ],
    };
    expect(readPlaywrightReport(JSON.stringify(report))).toEqual({
      passed: 5,
      failed: 3,
      skipped: 2,
      failures: [
        "tests/e2e/a.spec.ts [desktop] top: it was flaky",
        "tests/e2e/a.spec.ts [desktop] nested: it was unexpected",
        "outside of tests: set-up",
      ],
    });
  });
});
