import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { inProject } from "../launch/paths.mjs";
import type { Mutant } from "./mutants";

const FOLDER = "tests/integration";
const inTests = (...names: string[]) => names.map((name) => `${FOLDER}/${name}.test.ts`);

/** Asked first about a guard of their kind, which they know best. */
const FIRST_TESTS: Partial<Record<Mutant["kind"], string[]>> = {
  constraint: inTests("database-guards"),
  trigger: inTests("every-guard", "ledger-guards", "ledger-movements"),
  right: inTests("ledger-rights"),
  lock: inTests("steps-wait"),
};
/** They take minutes, for guards that others know, or look at another database than the one that lacks a guard. */
const LEFT_OUT = inTests("import-legacy", "books-at-size", "previous-release", "restore");
/** Of those that need the server, which is slow to start: what no other test asks. */
const SERVER_TESTS = inTests("http-money", "http-pauses", "http-library", "http-references");
const DATABASE_TESTS = readdirSync(inProject(FOLDER))
  .filter((file) => file.endsWith(".test.ts") && !file.startsWith("http-"))
  .map((file) => `${FOLDER}/${file}`)
  .filter((file) => !LEFT_OUT.includes(file));

/** All that must pass while every guard is in place, or what fails without one says nothing. */
export const SOUND_TESTS = [...DATABASE_TESTS, ...SERVER_TESTS];

/** How often each test file called each function of the database, as its run with every guard in place recorded. */
export type Calls = ReadonlyMap<string, Record<string, number>>;

/** Reads what the runs of the tests wrote into TEST_CALLS_FOLDER. */
export function readCalls(folder: string): Calls {
  return new Map(
    readdirSync(folder).map((name) => {
      const calls = z
        .record(z.string(), z.number())
        .parse(JSON.parse(readFileSync(path.join(folder, name), "utf8")));
      return [`${FOLDER}/${name.replace(/\.json$/, "")}`, calls];
    }),
  );
}

/**
 * The tests to ask about a guard, in rounds. About one in a function: what noticed the loss of its neighbours, what
 * knows its kind, then the files that call the function, those first whose business it is most. About the rest: what knows its
 * kind, then everything. No file is asked twice.
 */
export function roundsOf(mutant: Mutant, killersOfNeighbours: string[], calls: Calls): string[][] {
  const first = FIRST_TESTS[mutant.isOfTrigger ? "trigger" : mutant.kind] ?? [];
  const rest =
    mutant.functionName === undefined
      ? [DATABASE_TESTS, SERVER_TESTS]
      : inGrowingRounds(callersOf(mutant, calls));
  const asked = new Set<string>();
  return [killersOfNeighbours, first, ...rest]
    .map((files) => files.filter((file) => !asked.has(file) && asked.add(file)))
    .filter((files) => files.length > 0);
}

/** The files that call the function of a mutant, by how large a share of their calls that is; then those that nobody counted. */
function callersOf({ functionName = "" }: Mutant, calls: Calls): string[] {
  const shareOf = (file: string) => {
    const counts = calls.get(file);
    if (!counts) {
      return Number.EPSILON;
    }
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return (counts[functionName] ?? 0) / Math.max(all, 1);
  };
  return SOUND_TESTS.map((file) => ({ file, share: shareOf(file) }))
    .filter(({ share }) => share > 0)
    .toSorted((left, right) => right.share - left.share)
    .map(({ file }) => file);
}

function inGrowingRounds(files: string[]): string[][] {
  return [files.slice(0, 1), files.slice(1, 4), files.slice(4, 12), files.slice(12)];
}
