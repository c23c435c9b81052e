import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startProcess } from "../launch/processes.mjs";
import { runStep } from "./run-step.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "sunprint-steps-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, text: string): string[] {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return [file];
}

describe("a step without tests", () => {
  it("counts as one that passed", async () => {
    const step = { name: "a", commands: [program("good.mjs", "")] };
    expect(await runStep(startProcess, step)).toMatchObject({ passed: 1, failed: 0 });
  });

  it("counts as one that failed, with all it said, when any of its commands fails", async () => {
    const commands = [program("bad.mjs", "console.error('why'); process.exit(2);"), program("next.mjs", "")];
    expect(await runStep(startProcess, { name: "a", commands })).toMatchObject({
      passed: 0,
      failed: 1,
      output: "why\n",
    });
  });
});

describe("a step with tests", () => {
  const report = (passed: number, failed: number) =>
    JSON.stringify({
      numPassedTests: passed,
      numFailedTests: failed,
      numTotalTests: passed + failed,
      testResults: Array.from({ length: failed }, () => ({
        name: "a.test.ts",
        status: "failed",
        assertionResults: [{ fullName: "a test", status: "failed" }],
      })),
    });
  const stepThat = (name: string, exitCode: number, text?: string) => {
    const file = path.join(folder, `${name}.json`);
    const write =
      text === undefined ? "" : `fs.writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(text)});`;
    const lines = `import fs from "node:fs"; ${write} process.exit(${exitCode});`;
    return { name, commands: [program(`${name}.mjs`, lines)], results: { kind: "vitest" as const, file } };
  };

  it("counts each of them", async () => {
    expect(await runStep(startProcess, stepThat("each", 1, report(7, 2)))).toMatchObject({
      passed: 7,
      failed: 2,
    });
  });

  it("fails when it left no counts, whatever its exit code", async () => {
    expect(await runStep(startProcess, stepThat("silent", 0))).toMatchObject({ passed: 0, failed: 1 });
  });

  it("fails when it ended badly although every test passed", async () => {
    expect(await runStep(startProcess, stepThat("late", 1, report(7, 0)))).toMatchObject({
      passed: 7,
      failed: 1,
    });
  });
});
