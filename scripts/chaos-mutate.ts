import { mkdirSync, readFileSync, rmSync } from "node:fs";
import postgres from "postgres";
import { z } from "zod";
import { listMutants, type Mutant } from "./chaos/mutants";
import { type Calls, readCalls, roundsOf, SOUND_TESTS } from "./chaos/mutation-tests";
import { readCommandLine } from "./command-line";
import { buildIfNeeded } from "./launch/build.mjs";
import { OWNER_ROLE } from "./launch/database-roles.mjs";
import { inData, inProject } from "./launch/paths.mjs";
import { nodeProgram, runToEnd, type StartProcess } from "./launch/processes.mjs";
import { say } from "./launch/progress.mjs";
import { startThrowAwayPostgres } from "./launch/throw-away-postgres.mjs";
import { withProcesses } from "./launch/with-processes.mjs";

const USAGE = `Takes away each guard of the database in turn, and looks whether a test fails without it.
  npm run chaos -- --mutate
  npm run chaos -- --mutate --only "^trigger: generations_guard"   guards whose kind and name match
  npm run chaos -- --mutate --lanes 1                              so many at once, each on a server of its own (2)`;

const { values } = readCommandLine(USAGE, {
  options: { only: { type: "string", default: "" }, lanes: { type: "string", default: "2" } },
});

const BASE = "sunprint_mutation_base";
const QUIET = { max: 1, fetch_types: false, onnotice: () => {} };

const TestFile = z.object({
  name: z.string(),
  status: z.string(),
  assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
});
type TestFile = z.infer<typeof TestFile>;
const Report = z.object({ testResults: z.array(TestFile) });
/** Guards whose loss changes nothing that anybody could see, each with its reason. */
const Accepted = z.record(z.string(), z.string());

/** What the run with every guard in place writes down: the functions that each test file calls. */
const CALLS_FOLDER = inData("results", "mutation-calls");

type Killer = { test: string; file: string | undefined };
type Verdict = { mutant: Mutant; killer: Killer | undefined };

/** Runs tests; answers with the first that failed. */
async function firstFailure(
  start: StartProcess,
  adminUrl: string,
  files: string[],
  env: Record<string, string> = {},
): Promise<Killer | undefined> {
  const file = inData("results", `mutation-${new URL(adminUrl).port}.json`);
  rmSync(file, { force: true });
  const vitest = inProject("node_modules", "vitest", "vitest.mjs");
  const options = ["--project", "integration", "--bail=1", "--max-workers=1", "--reporter=json"];
  const { ending, output } = await runToEnd(
    start,
    nodeProgram({
      name: "the tests",
      args: [vitest, "run", ...options, `--outputFile=${file}`, ...files],
      env: { ...process.env, ...env, TEST_DATABASE_URL: adminUrl },
    }),
  );
  if (ending.code === 0) {
    return undefined;
  }
  const { testResults } = Report.parse(JSON.parse(readFileSync(file, "utf8")));
  // Files that the bail cut short count as failed, too: the one with a failed test is meant, if there is any.
  const failedTest = ({ assertionResults }: TestFile) =>
    assertionResults.find(({ status }) => status === "failed");
  const failed = testResults.find(failedTest) ?? testResults.find(({ status }) => status === "failed");
  const test = failed && failedTest(failed);
  return {
    test: test?.fullName ?? failed?.name ?? output.slice(-300),
    file: files.find((name) => failed?.name.endsWith(name)),
  };
}

type Lane = {
  /** Takes a guard away, runs tests of it, and puts it back. */
  judge: (mutant: Mutant, rounds: string[][]) => Promise<Verdict>;
  /** Runs everything with every guard in place, which must pass, and answers which functions each file calls. */
  prove: () => Promise<Calls>;
  mutants: Mutant[];
  stop: () => Promise<void>;
};

/** A server whose template, which each test file copies, lacks one guard at a time. */
async function openLane(start: StartProcess): Promise<Lane> {
  const { adminUrl, stop } = await startThrowAwayPostgres(start);
  const admin = postgres(adminUrl, QUIET);
  // The first test of a server makes the template that its others copy.
  await firstFailure(start, adminUrl, ["tests/integration/rate-tokens.test.ts"]);
  const [row] = await admin<{ name: string }[]>`
    select datname as name from pg_database where datname like 'sunprint_template_%'`;
  const template = row?.name ?? "";
  await admin`alter database ${admin(template)} rename to ${admin(BASE)}`;

  async function makeTemplate<T>(change: (owner: postgres.Sql) => Promise<T>): Promise<T> {
    await admin`create database ${admin(template)} template ${admin(BASE)} owner ${admin(OWNER_ROLE)}`;
    const url = new URL(adminUrl);
    url.pathname = template;
    const superuser = postgres(url.href, QUIET);
    try {
      await superuser.unsafe(`set role ${OWNER_ROLE}`);
      return await change(superuser);
    } finally {
      await superuser.end();
      await admin`alter database ${admin(template)} with is_template true allow_connections false`;
    }
  }
  async function dropTemplate(): Promise<void> {
    await admin`alter database ${admin(template)} with is_template false`;
    await admin`drop database ${admin(template)} with (force)`;
  }
  async function firstKiller(rounds: string[][]): Promise<Killer | undefined> {
    for (const files of rounds) {
      const killer = await firstFailure(start, adminUrl, files);
      if (killer) {
        return killer;
      }
    }
    return undefined;
  }

  const mutants = await makeTemplate(listMutants);
  await dropTemplate();
  return {
    mutants,
    async judge(mutant, rounds) {
      await makeTemplate((owner) => owner.unsafe(mutant.sql));
      const killer = await firstKiller(rounds);
      await dropTemplate();
      return { mutant, killer };
    },
    async prove() {
      rmSync(CALLS_FOLDER, { recursive: true, force: true });
      mkdirSync(CALLS_FOLDER, { recursive: true });
      await makeTemplate(async () => {});
      await admin`alter system set track_functions = 'all'`;
      await admin`select pg_reload_conf()`;
      const broken = await firstFailure(start, adminUrl, SOUND_TESTS, { TEST_CALLS_FOLDER: CALLS_FOLDER });
      if (broken) {
        throw new Error(`With every guard in place, this fails already: ${broken.test}`);
      }
      await admin`alter system reset track_functions`;
      await admin`select pg_reload_conf()`;
      await dropTemplate();
      return readCalls(CALLS_FOLDER);
    },
    async stop() {
      await admin.end();
      await stop();
    },
  };
}

async function judgeAll(start: StartProcess): Promise<Verdict[]> {
  const lanes = await Promise.all(Array.from({ length: Number(values.lanes) }, () => openLane(start)));
  const all = lanes[0]?.mutants ?? [];
  const calls = (await lanes[0]?.prove()) ?? new Map();
  const only = new RegExp(values.only);
  const mutants = all.filter(({ kind, name }) => only.test(`${kind}: ${name}`));
  say(`${mutants.length} guards.`);
  const waiting = [...mutants];
  const verdicts: Verdict[] = [];
  /** What noticed the loss of other guards of the same function, the newest first. */
  const killersBeside = ({ functionName, kind }: Mutant) =>
    verdicts
      .filter(({ mutant }) => (mutant.functionName ?? mutant.kind) === (functionName ?? kind))
      .flatMap(({ killer }) => killer?.file ?? [])
      .toReversed();
  await Promise.all(
    lanes.map(async (lane) => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const verdict = await lane.judge(mutant, roundsOf(mutant, killersBeside(mutant), calls));
        verdicts.push(verdict);
        say(`${verdicts.length}/${mutants.length}  ${describe(verdict)}`);
      }
      await lane.stop();
    }),
  );
  return verdicts;
}

function describe({ mutant: { kind, name }, killer }: Verdict): string {
  return killer ? `killed    ${kind}: ${name}  (${killer.test})` : `SURVIVED  ${kind}: ${name}`;
}

let exitCode = 1;
await withProcesses(async (start) => {
  const accepted = Accepted.parse(
    JSON.parse(readFileSync(inProject("tests", "chaos", "accepted-mutants.json"), "utf8")),
  );
  await buildIfNeeded(start);
  const verdicts = await judgeAll(start);
  const survivors = verdicts.filter(({ killer }) => killer === undefined);
  const unexplained = survivors.filter(({ mutant }) => accepted[mutant.name] === undefined);
  say(
    `${verdicts.length - survivors.length} of ${verdicts.length} guards are missed when they are gone; ` +
      `${survivors.length - unexplained.length} are not, and a reason is given; ${unexplained.length} are not.`,
  );
  for (const { mutant } of unexplained) {
    console.log(`  ${mutant.kind}: ${mutant.name}`);
  }
  exitCode = unexplained.length === 0 ? 0 : 1;
});
process.exit(exitCode);
