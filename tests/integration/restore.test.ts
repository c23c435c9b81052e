import postgres from "postgres";
import { afterAll, describe, expect, inject, it } from "vitest";
import { checkInvariants } from "@/db/check-invariants";
import { createDb } from "@/db/client";
import { rebuildBalances } from "@/db/rebuild-balances";
import { sweep } from "@/lib/reconciliation/sweep";
import { balanceOf, databaseClock } from "@/tests/support/ledger";
import { openStudio } from "@/tests/support/studio";
import { cloneDatabase } from "@/tests/support/template-database";
import { waitFor } from "@/tests/support/wait-for";

const QUIET = { max: 1, fetch_types: false, onnotice: () => {} };
const { adminUrl } = inject("templateDatabase");
const studio = await openStudio();
const userId = await studio.person();

/** The database as it is at this moment, as another one. */
async function backUp() {
  const admin = postgres(adminUrl, QUIET);
  const name = new URL(studio.database.ownerUrl).pathname.slice(1);
  try {
    // PostgreSQL copies a database that nobody uses.
    await admin`alter database ${admin(name)} with allow_connections false`;
    await admin`select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = ${name}`;
    return await cloneDatabase({ adminUrl, template: name });
  } finally {
    await admin`alter database ${admin(name)} with allow_connections true`;
    await admin.end();
  }
}

async function restored() {
  const database = await backUp();
  const db = createDb({ url: database.appUrl, applicationName: "sunprint-restored", poolMax: 4 });
  const owner = postgres(database.ownerUrl, QUIET);
  afterAll(async () => {
    await Promise.all([db.$client.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
    await database.drop();
  });
  const clock = databaseClock(owner);
  const live = async () => {
    const [row] = await owner<{ count: number }[]>`
      select count(*)::int as count from generations where terminal_at is null`;
    return row?.count;
  };
  return {
    database,
    db,
    live,
    succeeded: async () => {
      const [row] = await owner<{ count: number }[]>`
        select count(*)::int as count from generations where state = 'succeeded'`;
      return row?.count ?? 0;
    },
    /** Sweeps so many seconds from now until nothing is under way. */
    async heal(...seconds: number[]) {
      const services = { ...studio.services, db };
      await waitFor(
        async () => {
          for (const later of seconds) {
            await clock.shift(`${later} seconds`);
            await sweep(services);
          }
          return (await live()) === 0;
        },
        { what: "everything to end", timeoutMs: 90_000 },
      );
      await clock.reset();
    },
  };
}

describe("a restore from a backup", () => {
  it("[F-74] has balances equal to their entries, and what was under way then ends with one charge or none", async () => {
    await studio.fault("webhook-drop-all");
    const submit = () => studio.submit(userId);
    const done = await submit();
    await studio.dispatch(done);
    await studio.finishedUpstream(done);
    await studio.sweepAt(6);
    expect(await studio.ended(done)).toMatchObject({ status: "succeeded" });
    const running = await submit();
    await studio.dispatch(running);
    const waiting = await submit();

    const soon = await restored();
    const late = await restored();
    // What the lost database did since then, upstream has seen.
    await studio.finishedUpstream(running);
    await studio.dispatch(waiting);
    await studio.finishedUpstream(waiting);
    await studio.sweepAt(6);
    for (const id of [running, waiting]) {
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    }

    for (const copy of [soon, late]) {
      expect(await copy.live()).toBe(2);
      expect(await rebuildBalances(copy.database.ownerUrl)).toMatchObject({ differing: [] });
      expect(await balanceOf(copy.db, userId)).toMatchObject({ available: 85, held: 10 });
    }
    await soon.heal(6, 12, 40);
    expect(await soon.succeeded()).toBe(3);
    // Two days on, the deadlines are long over.
    await late.heal(172_800);
    for (const copy of [soon, late]) {
      const available = 100 - 5 * (await copy.succeeded());
      expect(await balanceOf(copy.db, userId)).toMatchObject({ available, held: 0 });
      expect(await rebuildBalances(copy.database.ownerUrl)).toMatchObject({ differing: [] });
      expect(await checkInvariants(copy.database.ownerUrl)).toEqual([]);
    }
  });

  it("tells the balance that its entries do not make, to the credit", async () => {
    const superuser = studio.openSuperuser();
    const wallet = superuser`user_id = ${userId} and kind = 'available' and unit = 'credit'`;
    await superuser`set session_replication_role = replica`;
    await superuser`update ledger_accounts set balance = balance + 3 where ${wallet}`;
    const { accounts, differing } = await rebuildBalances(studio.database.ownerUrl);
    await superuser`update ledger_accounts set balance = balance - 3 where ${wallet}`;
    await superuser.end();
    expect(accounts).toBeGreaterThan(1);
    expect(differing).toMatchObject([{ cached: "88", rebuilt: "85" }]);
  });
});
