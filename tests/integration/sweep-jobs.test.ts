import { afterEach, describe, expect, it, vi } from "vitest";
import { createDb } from "@/db/client";
import { readLedgerCheck } from "@/db/queries/ledger-checks";
import { log } from "@/lib/logger";
import { createMetrics } from "@/lib/monitoring/metrics";
import { type JobName, runJob } from "@/lib/reconciliation/jobs";
import { keepSweeping } from "@/lib/reconciliation/keep-sweeping";
import { sweep } from "@/lib/reconciliation/sweep";
import { tendGenerations } from "@/lib/reconciliation/tend-generations";
import { type HttpTransport, TransportError } from "@/lib/upstream/transport";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, reach } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";
import { readLog } from "@/tests/support/read-log";
import { readMetric } from "@/tests/support/read-metric";
import { createTestServices } from "@/tests/support/services";
import { createStubGateway } from "@/tests/support/stub-gateway";
import { waitFor } from "@/tests/support/wait-for";

setTestEnvironment({ LOG_LEVEL: "error" });
// Made now, before services are, which bring a silent one.
log();
const { db, owner, database, openSuperuser } = await openTestLedger();
const userId = await createPerson(db, 10_000);

const stateOf = async (id: string) => {
  const [row] = await owner<{ state: string }[]>`select state from generations where id = ${id}`;
  return row?.state;
};

/** Files that never come, until all of them are given up. */
function stallFiles() {
  const waiting: (() => void)[] = [];
  const send: HttpTransport = () =>
    new Promise((_, reject) => {
      waiting.push(() => reject(new TransportError("ECONNRESET", { wasSent: true })));
    });
  return {
    send,
    count: () => waiting.length,
    giveUp() {
      for (const end of waiting.splice(0)) {
        end();
      }
    },
  };
}

describe("a job of the sweeper's that takes long", () => {
  it("holds up no other: forty pictures stall, and deadlines, books and polls are kept", async () => {
    const stalled = await Promise.all(Array.from({ length: 40 }, () => reach(db, userId, "storing")));
    const running = await reach(db, userId, "running");
    const silent = await reach(db, userId, "dispatching");
    await owner`update generations set due_at = app_now() where terminal_at is null`;
    const files = stallFiles();
    const services = createTestServices(db, { send: files.send });
    let isOver = false;
    const sweeping = keepSweeping(services, { pauseSeconds: 0.2, seconds: 20 }).then((report) => {
      isOver = true;
      return report;
    });
    await waitFor(() => files.count() >= 8, { what: "the files to stall" });

    // Its deadline is a second away, and the books' turn comes again.
    await owner`update generations set deadline_at = app_now() + interval '1 second' where id = ${running.id}`;
    await owner`update ledger_checks set due_at = app_now(), checked_at = null where name = 'drift'`;
    await owner`update generations set due_at = app_now() where id = ${silent.id}`;
    const startedMs = performance.now();
    await waitFor(async () => (await stateOf(running.id)) === "failed", { what: "the deadline" });
    await waitFor(() => readLedgerCheck(db, "drift"), { what: "the books to be looked at" });
    await waitFor(async () => (await stateOf(silent.id)) === "unknown", { what: "the silent one" });
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect(files.count()).toBe(8);
    expect(isOver).toBe(false);

    const giving = setInterval(() => files.giveUp(), 50);
    expect(await sweeping).toMatchObject({ failed: new Set() });
    clearInterval(giving);
    for (const { id } of [...stalled, silent]) {
      await endGeneration(db, id);
    }
  });

  it("is not the one that polls: what a poll finds done is left to the one that stores", async () => {
    const { id, predictionId } = await reach(db, userId, "running");
    await owner`update generations set due_at = app_now() where id = ${id}`;
    const services = createTestServices(db, { send: stallFiles().send });
    const output = "https://replicate.delivery/a/out-0.webp";
    const body = JSON.stringify({ id: predictionId, status: "succeeded", output });
    const { gateway } = createStubGateway([{ body }]);
    expect(await tendGenerations({ ...services, gateway })).toBe(1);
    const rows = await owner`select state, due_at <= app_now() as "isDue" from generations where id = ${id}`;
    expect([...rows]).toEqual([{ state: "storing", isDue: true }]);
    await endGeneration(db, id);
  });
});

describe("a job of the sweeper's that throws", () => {
  afterEach(() => vi.restoreAllMocks());

  it("starves no other, is told by its name, counted, and pages somebody", async () => {
    const [definition] = await owner<{ text: string }[]>`
      select pg_get_functiondef('lease_inbox'::regproc) as text`;
    await owner.unsafe(`create or replace function lease_inbox(p_limit integer, p_tries_max integer) returns jsonb
      language plpgsql as $$ begin raise exception 'a bug' using errcode = 'XX000'; end $$`);
    const running = await reach(db, userId, "running");
    const unsent = await reach(db, userId, "dispatching");
    await owner`update generations set deadline_at = app_now() where id = ${running.id}`;
    await owner`update generations set due_at = app_now() where id = ${unsent.id}`;
    await owner`update ledger_checks set due_at = app_now(), checked_at = null`;
    const metrics = createMetrics();
    const lines = readLog();
    const { failed } = await sweep(createTestServices(db, { metrics }));
    vi.restoreAllMocks();

    expect(failed).toEqual(new Set(["deliveries"]));
    expect(await stateOf(running.id)).toBe("failed");
    expect(await stateOf(unsent.id)).toBe("unknown");
    expect(await readLedgerCheck(db, "drift")).toMatchObject({ violations: 0 });
    expect(await readLedgerCheck(db, "storage")).toMatchObject({ violations: 0 });
    expect(lines.filter(({ msg }) => msg === "sweep.job_failed")).toMatchObject([
      { level: 50, job: "deliveries", isPaged: true },
    ]);
    expect(await readMetric(metrics, 'sunprint_sweep_job_failures_total{job="deliveries"}')).toBe(1);
    await owner.unsafe(definition?.text ?? "");
    await endGeneration(db, unsent.id);
    expect((await sweep(createTestServices(db, {}))).failed).toEqual(new Set());
  });

  it("because a statement took too long pages somebody: the health check knows nothing of it", async () => {
    await owner`update ledger_checks set due_at = app_now() where name = 'drift'`;
    const hurried = createDb({ url: database.appUrl, applicationName: "sunprint-test", poolMax: 1 });
    await hurried.$client`set statement_timeout = '300ms'`;
    const superuser = openSuperuser();
    await superuser`begin`;
    await superuser`lock table assets in access exclusive mode`;
    const lines = readLog();
    const services = createTestServices(hurried, {});
    const report = { swept: 0, failed: new Set<JobName>() };
    await runJob(services, report, "books");
    vi.restoreAllMocks();
    await superuser`commit`;
    await superuser.end();
    await hurried.$client.end();
    expect(lines).toMatchObject([{ msg: "sweep.job_failed", job: "books", isPaged: true }]);
  });

  it("because the database is away is logged and counted, and pages nobody a second time", async () => {
    const metrics = createMetrics();
    const lines = readLog();
    const url = new URL(database.appUrl);
    url.port = "1";
    const away = createDb({ url: url.href, applicationName: "sunprint-test" });
    const { failed } = await sweep(createTestServices(away, { metrics }));
    await away.$client.end();
    vi.restoreAllMocks();
    expect(failed.size).toBeGreaterThan(5);
    const told = lines.filter(({ msg }) => msg === "sweep.job_failed");
    expect(new Set(told.map(({ job }) => job))).toEqual(failed);
    expect(told.filter(({ isPaged }) => isPaged !== false)).toEqual([]);
  });
});
