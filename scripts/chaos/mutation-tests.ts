import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { inProject } from "../launch/paths.mjs";
import type { Mutant } from "./mutants";

const FOLDER = "tests/integration";
const inTests = (...names: string[]) => names.map((name) => `${FOLDER}/${name}.test.ts`);

/** Asked first: they know each kind best. */
const FIRST_TESTS: Record<Mutant["kind"], string[]> = {
  constraint: inTests("database-guards"),
  trigger: inTests("every-guard", "ledger-guards", "ledger-movements"),
  right: inTests("ledger-rights"),
  condition: inTests("attempts", "predictions", "cancel-and-deadline", "ledger-settle", "ledger-reserve"),
  lock: inTests("attempts", "ledger-reserve", "ledger-settle", "leases"),
  conflict: inTests("wallets", "webhook-receipt", "stop-predictions", "predictions"),
};
const GUARD_TESTS = inTests("database-guards", "ledger-guards", "ledger-rights", "ledger-movements");
/** Everything that lives in the database alone, then what also needs the emulator, then what needs the server. */
const DATABASE_TESTS = inTests(
  "attempts",
  "predictions",
  "cancel-and-deadline",
  "leases",
  "ledger-operations",
  "ledger-reserve",
  "ledger-settle",
  "ledger-properties",
  "free-pictures",
  "leaving-and-months",
  "operators",
  "spend-limit",
  "library",
  "shares",
  "wallets",
  "rate-tokens",
  "stop-predictions",
  "webhook-receipt",
  "invariants",
  "task-stream",
);
const FLOW_TESTS = inTests(
  "dispatch",
  "unknown-creates",
  "crashes",
  "faults-of-runs",
  "faults-of-webhooks",
  "late-results",
  "erasure",
  "references",
  "drafts",
);
const SERVER_TESTS = inTests("http-money", "http-pauses", "http-library", "http-references");

/** All that must pass while every guard is in place, or what fails without one says nothing. */
export const SOUND_TESTS = [
  ...new Set([Object.values(FIRST_TESTS), GUARD_TESTS, DATABASE_TESTS, FLOW_TESTS, SERVER_TESTS].flat(2)),
];

/** Which functions of the database each test file called, as its run with every guard in place recorded. */
export type Calls = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads what the runs of the tests wrote into TEST_CALLS_FOLDER. */
export function readCalls(folder: string): Calls {
  return new Map(
    readdirSync(folder).map((name) => {
      const called = z.array(z.string()).parse(JSON.parse(readFileSync(path.join(folder, name), "utf8")));
      return [`${FOLDER}/${name.replace(/\.json$/, "")}`, new Set(called)];
    }),
  );
}

/**
 * The tests to ask about a guard, in rounds: what noticed the loss of its neighbour, what names its function, what knows
 * its kind, then everything. No file is asked twice, and none that never calls the function.
 */
export function roundsOf(mutant: Mutant, neighbour: string | undefined, calls: Calls): string[][] {
  const inFunction = ["condition", "lock", "conflict"].includes(mutant.kind) ? functionOf(mutant) : undefined;
  const canNotice = (file: string) => inFunction === undefined || (calls.get(file)?.has(inFunction) ?? true);
  const rounds = [
    neighbour === undefined ? [] : [neighbour],
    testsThatName(mutant),
    FIRST_TESTS[mutant.kind],
    [...GUARD_TESTS, ...DATABASE_TESTS],
    FLOW_TESTS,
    SERVER_TESTS,
  ];
  const asked = new Set<string>();
  return rounds
    .map((files) => files.filter((file) => canNotice(file) && !asked.has(file) && asked.add(file)))
    .filter((files) => files.length > 0);
}

const MOST_THAT_NAME = 4;

function functionOf({ name }: Mutant): string {
  return name.split(":")[0] ?? name;
}

/** Tests that call the function of a mutant by its name; the servers' are slow and come last. */
function testsThatName(mutant: Mutant): string[] {
  const { kind } = mutant;
  if (kind === "constraint" || kind === "trigger" || kind === "right") {
    return [];
  }
  const inSql = functionOf(mutant);
  const inCode = inSql.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const words = new RegExp(String.raw`\b(?:${inSql}|${inCode})\b`);
  return readdirSync(inProject(FOLDER))
    .filter(
      (file) => file.endsWith(".test.ts") && !file.startsWith("http-") && file !== "import-legacy.test.ts",
    )
    .filter((file) => words.test(readFileSync(inProject(FOLDER, file), "utf8")))
    .map((file) => `${FOLDER}/${file}`)
    .slice(0, MOST_THAT_NAME);
}
