import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createDb } from "@/db/client";
import { INVARIANTS } from "@/db/invariants";
import { findViolations, readLedgerCheck } from "@/db/queries/ledger-checks";
import { log } from "@/lib/logger";
import { readOverview } from "@/lib/operators/read-overview";
import { auditBooks } from "@/lib/reconciliation/audit-books";
import { keepBooks } from "@/lib/reconciliation/keep-books";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, reach, reserve } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { readLog } from "@/tests/support/read-log";
import { createTestServices } from "@/tests/support/services";

setTestEnvironment({ LOG_LEVEL: "error" });
// Made now, before services are, which bring a silent one.
log();
const { db, owner, database, openSuperuser } = await openTestLedger();
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);
const otherId = await createPerson(db);
await reach(db, userId, "succeeded");
const live = await reserve(db, userId, { key: "a-stolen-key" });
afterEach(() => vi.restoreAllMocks());

/** Each turn ends at this hour, whatever the hour is at which the tests run: the night begins 17 and a half hours on. */
const now = () => new Date("2027-03-04T09:30:00Z");

/** What no look at balances sees: a key that opens another person's generation. */
async function withStolenKey(look: () => Promise<void>): Promise<void> {
  const superuser = openSuperuser();
  try {
    await superuser`set session_replication_role = replica`;
    await superuser`update idempotency_keys set user_id = ${otherId} where key = 'a-stolen-key'`;
    await look();
    await superuser`update idempotency_keys set user_id = ${userId} where key = 'a-stolen-key'`;
  } finally {
    await superuser.end();
  }
}
const dueAt = async () => {
  const [row] = await owner<
    { at: Date }[]
  >`select due_at::text as at from ledger_checks where name = 'whole'`;
  return new Date(String(row?.at)).toISOString();
};

describe("the whole books", () => {
  it("are looked at by one instance a night, and what is found pages, shows, and stays until it is gone", async () => {
    expect(await dueAt()).toMatch(/T03:00:00.000Z$/);
    expect(await auditBooks({ db })).toBeNull();
    await clock.shift("28 hours");
    await withStolenKey(async () => {
      expect(await keepBooks({ db })).toBe(0);
      const lines = readLog();
      const turns = await Promise.all(Array.from({ length: 5 }, () => auditBooks({ db }, { now })));
      vi.restoreAllMocks();
      expect(turns.filter((found) => found !== null)).toEqual([1]);
      expect(lines).toMatchObject([
        {
          level: 50,
          msg: "ledger.drift",
          check: "whole",
          count: 1,
          isPaged: true,
          first: { subject: "a-stolen-key" },
        },
      ]);
    });
    expect(await readLedgerCheck(db, "whole")).toMatchObject({ violations: 1 });
    const { checks } = await readOverview(createTestServices(db, {}));
    expect(checks.ledger).toMatchObject({ violations: 0 });
    expect(checks.audit).toMatchObject({ violations: 1 });
    // That turn came late; the next one is at night again.
    await clock.shift("45 hours");
    expect(await auditBooks({ db })).toBeNull();
    await clock.shift("46 hours");
    expect(await auditBooks({ db }, { now })).toBe(0);
    expect(await readLedgerCheck(db, "whole")).toMatchObject({ violations: 0 });
    await clock.reset();
  });

  it("are looked at again within the hour by whoever comes, when a look was cut off", async () => {
    const checkedAt = async () => {
      const [row] = await owner<{ at: string }[]>`
        select checked_at::text as at from ledger_checks where name = 'whole'`;
      return row?.at;
    };
    await clock.shift("70 hours");
    const before = await checkedAt();
    // The last of the invariants cannot be asked in time.
    const hurried = createDb({ url: database.appUrl, applicationName: "sunprint-test", poolMax: 1 });
    await hurried.$client`set lock_timeout = '50ms'`;
    const superuser = openSuperuser();
    await superuser`begin`;
    await superuser`lock table redeem_codes in access exclusive mode`;
    await expect(auditBooks({ db: hurried })).rejects.toMatchObject({ code: "55P03" });
    await superuser`commit`;
    await superuser.end();
    await hurried.$client.end();
    expect(await checkedAt()).toBe(before);
    await clock.shift("70 hours 50 minutes");
    expect(await auditBooks({ db })).toBeNull();
    await clock.shift("71 hours 5 minutes");
    expect(await auditBooks({ db }, { now })).toBe(0);
    expect(await checkedAt()).not.toBe(before);
    expect(await auditBooks({ db })).toBeNull();
    await clock.reset();
  });

  it("may take longer than any other statement, which lets no other take as long", async () => {
    const impatient = createDb({ url: database.appUrl, applicationName: "sunprint-test", poolMax: 1 });
    await impatient.$client`set statement_timeout = '250ms'`;
    // A table that cannot be read for a second stands for one that takes as long to be read.
    const superuser = openSuperuser();
    await superuser`begin`;
    await superuser`lock table redeem_codes in access exclusive mode`;
    await expect(impatient.$client`select count(*) from redeem_codes`).rejects.toMatchObject({
      code: "57014",
    });
    const release = async () => {
      await sleep(1_000);
      await superuser`commit`;
    };
    const codes = INVARIANTS.find((text) => text.includes("redeem_codes")) ?? "";
    const [found] = await Promise.all([findViolations(impatient, codes), release()]);
    expect(found).toEqual([]);
    expect([...(await impatient.$client`show statement_timeout`)]).toEqual([{ statement_timeout: "250ms" }]);
    await superuser.end();
    await impatient.$client.end();
    await endGeneration(db, live.outcome === "reserved" ? live.id : "");
  });
});
