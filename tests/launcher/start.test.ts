import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { APP_DATABASE, OWNER_ROLE } from "@/scripts/launch/database-roles.mjs";
import { databaseUrl, startEmbeddedPostgres } from "@/scripts/launch/embedded-postgres.mjs";
import { realClusterFolder } from "@/scripts/launch/postgres-account.mjs";
import { processIdentity } from "@/scripts/launch/process-identity.mjs";
import { startProcess } from "@/scripts/launch/processes.mjs";
import type { RunRecord } from "@/scripts/launch/run-lock.mjs";
import { readSecrets } from "@/scripts/launch/secrets.mjs";
import { makeCheckout, removeCheckout } from "@/tests/support/checkout";
import { type NpmRun, processesUnder, runNpm } from "@/tests/support/run-npm";
import { waitFor } from "@/tests/support/wait-for";

/** How long a failure takes; what is promised of a start is said below. */
const FIRST_START_MS = 120_000;
const SECOND_START_MS_MAX = 5_000;
const SECOND_STARTS_MAX = 5;
const STOP_MS = 10_000;
const READY = /ready at (http:\/\/localhost:(\d+))/;

const folder = makeCheckout();
const started: NpmRun[] = [];

function start(args = ["start"], env: Record<string, string> = {}): NpmRun {
  const run = runNpm(folder, args, { env });
  started.push(run);
  return run;
}

function readRecord(): RunRecord {
  return JSON.parse(readFileSync(path.join(folder, ".data", "run.json"), "utf8")) as RunRecord;
}

function pidOf(name: string): number {
  const child = readRecord().children.find((candidate) => candidate.name === name);
  return child?.pid ?? 0;
}

/** Asks the running database, as the owner of its tables. */
async function query(text: string): Promise<unknown[]> {
  const { databaseOwnerPassword: password } = readSecrets(path.join(folder, ".data", "secrets.json"));
  const port = readRecord().databasePort ?? 0;
  const sql = postgres(databaseUrl({ user: OWNER_ROLE, password, port, database: APP_DATABASE }), { max: 1 });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

function killEverything(run: NpmRun): void {
  // The whole group at once: npm, its shell and the launcher get no chance to clean up.
  if (run.child.pid && run.child.exitCode === null) {
    process.kill(-run.child.pid, "SIGKILL");
  }
}

/** Whoever has noticed that another is gone may be gone, too. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It was.
  }
}

async function expectNothingLeft(withinMs: number): Promise<void> {
  await waitFor(() => processesUnder(folder).length === 0, {
    what: `the end of ${JSON.stringify(processesUnder(folder))}`,
    timeoutMs: withinMs,
  });
}

afterEach(async () => {
  for (const run of started.splice(0)) {
    run.child.kill("SIGTERM");
    await run.ended;
  }
  await expectNothingLeft(STOP_MS);
});
afterAll(() => removeCheckout(folder));

describe("npm start", () => {
  it("serves a healthy app with everything embedded, and keeps its secrets to itself", async () => {
    const run = start();
    const [, address] = await run.line(READY, FIRST_START_MS);
    const health = await fetch(`${address}/api/health`);
    expect(await health.json()).toMatchObject({ status: "ok" });
    expect(statSync(path.join(folder, ".data", "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(folder, ".data")).mode & 0o777).toBe(0o700);
  });

  it("is healthy within five seconds the second time, on the same data", async () => {
    const secrets = readFileSync(path.join(folder, ".data", "secrets.json"), "utf8");
    // What else the machine does can only make a start slower: the quickest is the launcher's own, the first in time settles it.
    const startsMs: number[] = [];
    while (startsMs.length < SECOND_STARTS_MAX && !startsMs.some((ms) => ms < SECOND_START_MS_MAX)) {
      const startedMs = performance.now();
      const run = start();
      await run.line(READY, FIRST_START_MS);
      startsMs.push(performance.now() - startedMs);
      run.child.kill("SIGTERM");
      await run.ended;
      await expectNothingLeft(STOP_MS);
    }
    expect(Math.min(...startsMs)).toBeLessThan(SECOND_START_MS_MAX);
    expect(readFileSync(path.join(folder, ".data", "secrets.json"), "utf8")).toBe(secrets);
  });

  it("refuses a second one in the same folder, and says where the first is", async () => {
    const [, address] = await start().line(READY, FIRST_START_MS);
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already running in this folder, at ${address}`);
  });

  it("lets the database be checked and migrated while it runs, and when it does not", async () => {
    for (const command of ["db:check", "db:migrate"]) {
      const alone = start(["run", command]);
      expect(await alone.ended, alone.output()).toBe(0);
    }
    await start().line(READY, FIRST_START_MS);
    for (const command of ["db:check", "db:migrate"]) {
      const beside = start(["run", command]);
      expect(await beside.ended, beside.output()).toBe(0);
    }
  });

  it.for(["npm", "the launcher"])("ends everything within ten seconds when %s gets SIGTERM", async (whom) => {
    const run = start();
    await run.line(READY, FIRST_START_MS);
    process.kill(whom === "npm" ? (run.child.pid ?? 0) : readRecord().pid, "SIGTERM");
    await expectNothingLeft(STOP_MS);
  });

  it("ends everything within ten seconds at Ctrl-C, without complaint", async () => {
    const run = start();
    await run.line(READY, FIRST_START_MS);
    // The terminal signals the whole group.
    process.kill(-(run.child.pid ?? 0), "SIGINT");
    await expectNothingLeft(STOP_MS);
    await run.ended;
    expect(run.output()).toMatch(/Stopping\.\n.*Stopped\.\n$/);
  });

  it("can be interrupted while it is still starting", async () => {
    const run = start();
    await run.line(/emulator stands in/, FIRST_START_MS);
    process.kill(-(run.child.pid ?? 0), "SIGINT");
    await expectNothingLeft(STOP_MS);
  });

  it.for([
    [60, "SIGTERM"],
    [200, "SIGTERM"],
    [500, "SIGTERM"],
    [200, "SIGKILL"],
    [500, "SIGKILL"],
  ] as const)(
    "leaves nothing behind when npm is ended %i ms after it was started, by %s",
    async ([delayMs, signal]) => {
      const run = start();
      await sleep(delayMs);
      run.child.kill(signal);
      await expectNothingLeft(STOP_MS);
    },
  );

  it("leaves nothing behind when npm alone is killed outright, of which its shell hears nothing", async () => {
    const run = start();
    await run.line(READY, FIRST_START_MS);
    run.child.kill("SIGKILL");
    await expectNothingLeft(STOP_MS);
  });

  it("leaves nothing behind even when it is killed outright, and starts again", async () => {
    const run = start();
    await run.line(READY, FIRST_START_MS);
    killEverything(run);
    await expectNothingLeft(STOP_MS);
    await start().line(READY, FIRST_START_MS);
  });

  it("keeps what was committed when everything is killed at once, and is healed by the next start", async () => {
    await start().line(READY, FIRST_START_MS);
    await query("create table kept as select 42 as answer");
    const { pid, children } = readRecord();
    for (const victim of [pid, ...children.map((child) => child.pid)]) {
      killIfThere(victim);
    }
    await start().line(READY, FIRST_START_MS);
    expect(await query("select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("ends what a killed run left behind, and nobody else's processes", async () => {
    const run = start();
    await run.line(READY, FIRST_START_MS);
    const record = readRecord();
    const emulator = pidOf("The emulator");
    // A stopped process cannot notice that its launcher is gone; the others have, before the next start looks.
    process.kill(pidOf("The app"), "SIGSTOP");
    killEverything(run);
    await waitFor(() => processIdentity(emulator) === undefined, { what: "the emulator to leave" });
    const stranger = spawn("sleep", ["60"]);
    record.children.push({ name: "A stranger", pid: stranger.pid ?? 0, identity: "of another time" });
    writeFileSync(path.join(folder, ".data", "run.json"), JSON.stringify(record));

    const next = start();
    await next.line(READY, FIRST_START_MS);
    expect(next.output()).toContain("Ended what an earlier run had left behind: The app.");
    expect(processIdentity(stranger.pid ?? 0)).toBeDefined();
    stranger.kill();
  });

  it("ends a database server that an earlier run left on the data, and takes over", async () => {
    const secrets = readSecrets(path.join(folder, ".data", "secrets.json"));
    const { server } = await startEmbeddedPostgres({
      clusterFolder: path.join(folder, ".data", "postgres"),
      superuserPassword: secrets.databaseSuperuserPassword,
      logFile: path.join(folder, ".data", "logs", "postgres.log"),
      start: startProcess,
    });
    await start().line(READY, FIRST_START_MS);
    expect(processIdentity(server.pid)).toBeUndefined();
  });

  it("is not fooled by a pid file that names a stranger", async () => {
    const pidFile = path.join(realClusterFolder(path.join(folder, ".data", "postgres")), "postmaster.pid");
    writeFileSync(pidFile, `${process.pid}\n${path.dirname(pidFile)}\n`);
    await start().line(READY, FIRST_START_MS);
  });

  it.for(["The emulator", "PostgreSQL", "The app"])(
    "says so and ends the rest when this dies: %s",
    async (name) => {
      const run = start();
      await run.line(READY, FIRST_START_MS);
      process.kill(pidOf(name), "SIGKILL");
      expect(await run.ended).toBe(1);
      expect(run.output()).toContain(`${name} ended unexpectedly`);
      await expectNothingLeft(STOP_MS);
    },
  );
});

describe("npm run dev", () => {
  it("serves the same with Next's development server", async () => {
    const run = start(["run", "dev"]);
    const [, address] = await run.line(READY, 2 * FIRST_START_MS);
    expect((await fetch(`${address}/api/health`)).status).toBe(200);
    process.kill(-(run.child.pid ?? 0), "SIGINT");
    await expectNothingLeft(STOP_MS);
  });
});
