import path from "node:path";
import { inData, inProject } from "../launch/paths.mjs";

/**
 * One thing to be right. Its commands run one after the other, until one fails.
 * @typedef {object} Step
 * @property {string} name
 * @property {string[][]} commands Node programs with their arguments
 * @property {{ kind: "vitest" | "playwright", file: string }} [results] where it leaves its counts of tests
 * @property {import("../launch/processes.mjs").Environment} [env]
 */

const tools = {
  biome: "@biomejs/biome/bin/biome",
  knip: "knip/bin/knip.js",
  next: "next/dist/bin/next",
  oxlint: "oxlint/bin/oxlint",
  playwright: "@playwright/test/cli.js",
  tsc: "typescript/bin/tsc",
  vitest: "vitest/vitest.mjs",
};

/** What `npm run check` asks, slowest first, so that two at a time take the least time. @type {Step[]} */
export const checkSteps = [
  vitestStep("unit"),
  {
    name: "types",
    commands: [
      // Next writes the types of the routes; a fresh clone has none.
      [tool("next"), "typegen"],
      [tool("tsc"), "--noEmit"],
      [tool("tsc"), "--noEmit", "--project", "scripts"],
    ],
  },
  { name: "lint", commands: [[tool("oxlint")]] },
  { name: "format", commands: [[tool("biome"), "check", "--error-on-warnings", "."]] },
  { name: "dead code", commands: [[tool("knip")]] },
  { name: "architecture", commands: [[inProject("scripts", "check", "architecture.mjs")]] },
];

/** @param {"unit" | "integration" | "workers" | "contract" | "launcher" | "chaos"} project @returns {Step} */
function vitestStep(project) {
  const file = inData("results", `${project}.json`);
  return {
    name: project,
    commands: [
      [
        tool("vitest"),
        "run",
        "--project",
        project,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
      ],
    ],
    results: { kind: "vitest", file },
  };
}

/** The browser's tests on Node, or the journeys among them on Workers. @param {"node" | "workers"} host @returns {Step} */
function browserStep(host) {
  const name = host === "workers" ? "journeys on Workers" : "browser";
  const file = inData("results", host === "workers" ? "browser-workers.json" : "browser.json");
  return {
    name,
    commands: [[tool("playwright"), "test", "--reporter=line,json"]],
    results: { kind: "playwright", file },
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, TEST_HOST: host },
  };
}

/** What `npm test` runs after the checks, in this order. @type {Step[]} */
export const testSteps = [
  vitestStep("integration"),
  vitestStep("workers"),
  browserStep("workers"),
  vitestStep("contract"),
  vitestStep("launcher"),
  vitestStep("chaos"),
  browserStep("node"),
];

/** @param {keyof typeof tools} name */
function tool(name) {
  return inProject("node_modules", path.normalize(tools[name]));
}
