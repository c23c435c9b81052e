import { expect, it } from "vitest";
import { listDifferences, readConformanceRun } from "./compare-conformance.mjs";

const report = (cases: Record<string, string | null>) =>
  JSON.stringify({
    testResults: [
      {
        name: "a.test.ts",
        status: "passed",
        assertionResults: Object.entries(cases).map(([fullName, failure]) => ({
          fullName,
          status: failure === null ? "passed" : "failed",
          failureMessages: failure === null ? [] : [failure],
        })),
      },
    ],
  });

it("lists what the two do not answer alike, with the words of the one that failed", () => {
  const emulator = readConformanceRun(
    report({ a: null, b: null, c: "no 201\nat line 3", d: "same", e: null }),
  );
  const real = readConformanceRun(report({ a: null, b: "it was 202", c: null, d: "same" }));
  expect(listDifferences(emulator, real)).toEqual([
    "b: the real services answer otherwise (it was 202)",
    "c: the emulator fails it (no 201)",
    "e: asked of the emulator alone",
  ]);
});

it("counts a file that could not be loaded as a case that failed", () => {
  const broken = JSON.stringify({
    testResults: [
      { name: "a.test.ts", status: "failed", message: "no such module\nat x", assertionResults: [] },
    ],
  });
  expect(listDifferences(readConformanceRun(report({})), readConformanceRun(broken))).toEqual([
    "a.test.ts could not be loaded: asked of the real services alone",
  ]);
});
