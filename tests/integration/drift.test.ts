import { describe, expect, inject, it } from "vitest";
import { createDb } from "@/db/client";
import { findDrift, planDriftLook, readLedgerCheck } from "@/db/queries/ledger-checks";
import { keepBooks } from "@/lib/reconciliation/keep-books";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { waitFor } from "@/tests/support/wait-for";

setTestEnvironment();
const ledger = await openTestLedger();
const { db, owner } = ledger;
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);
const otherId = await createPerson(db);
const succeeded = await reach(db, userId, "succeeded");
const failed = await reach(db, userId, "failed");
const live = await reach(db, userId, "running");

/** What the superuser does to a row with every guard off, and the way back. */
async function corrupted(act: string, undo: string, look: () => Promise<void>): Promise<void> {
  const superuser = ledger.openSuperuser();
  try {
    await superuser`set session_replication_role = replica`;
    await superuser.unsafe(act);
    await look();
    await superuser.unsafe(undo);
  } finally {
    await superuser.end();
  }
}
/** The numbers of what is seen, once the superuser has done this with every guard off; it is undone again. */
async function driftAfter(act: string): Promise<(string | undefined)[]> {
  const url = new URL(inject("templateDatabase").adminUrl);
  url.pathname = new URL(ledger.database.ownerUrl).pathname;
  const superuser = createDb({ url: url.href, applicationName: "sunprint-test", poolMax: 1 });
  try {
    await superuser.$client`begin`;
    await superuser.$client`set local session_replication_role = replica`;
    await superuser.$client.unsafe(act);
    return (await findDrift(superuser)).map(({ invariant }) => invariant.split(" ")[0]);
  } finally {
    await superuser.$client`rollback`;
    await superuser.$client.end();
  }
}
const reserveOf = (id: string) =>
  `(select id from ledger_transactions where generation_id = '${id}' and kind = 'reserve')`;
const endOf = (id: string) =>
  `(select id from ledger_transactions where generation_id = '${id}' and kind in ('capture', 'release'))`;
const wallet = `user_id = '${userId}' and kind = 'available' and unit = 'credit'`;

describe("books that drift", () => {
  it("are found sound when they are", async () => {
    expect(await findDrift(db)).toEqual([]);
  });

  it.for([
    ["a cached balance", `ledger_accounts set balance = balance + $ where ${wallet}`, "I4"],
    [
      "a hold",
      `generations set held_amount = held_amount + $ * 10, output_count = output_count + $ where id = '${live.id}'`,
      "I12",
    ],
    [
      "an entry's amount",
      `ledger_entries set amount = amount + $ where id = (select max(id) from ledger_entries where balance_after is not null)`,
      "I1",
    ],
    [
      "an entry's balance",
      `ledger_entries set balance_after = balance_after + $ where id = (select max(id) from ledger_entries where balance_after is not null)`,
      "I6",
    ],
  ] as const)("are seen when somebody changes %s", async ([, change, invariant]) => {
    const act = (sign: string) => `update ${change.replaceAll("$", sign)}`;
    await corrupted(act("1"), act("(-1)"), async () => {
      const found = await findDrift(db);
      expect(found.map((violation) => violation.invariant.split(" ")[0])).toContain(invariant);
    });
    expect(await findDrift(db)).toEqual([]);
  });

  it.for([
    [
      "I2",
      "a movement without entries",
      `delete from ledger_entries where transaction_id = ${endOf(failed.id)}`,
    ],
    [
      "I5",
      "a balance below nothing",
      `alter table ledger_accounts drop constraint ledger_accounts_no_overdraft_check;
       update ledger_accounts set balance = -1 where ${wallet}`,
    ],
    ["I7", "a hold that is gone", `delete from ledger_transactions where id = ${reserveOf(live.id)}`],
    ["I8", "an end of a hold that is gone", `delete from ledger_transactions where id = ${endOf(failed.id)}`],
    [
      "I9",
      "a live generation whose hold has ended",
      `insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason)
       values ('ltx_x', 'ltx_x', 'release', '${live.id}', 'x', 'planted', 'planted')`,
    ],
    [
      "I10",
      "a failure that was charged",
      `update ledger_transactions set kind = 'capture' where id = ${endOf(failed.id)}`,
    ],
    [
      "I11",
      "a picture that was charged twice",
      `update ledger_entries set amount = 2 * amount where transaction_id = ${endOf(succeeded.id)}`,
    ],
    [
      "I11",
      "an amount that disagrees with the pictures",
      `update generations set captured_amount = 0 where id = '${succeeded.id}'`,
    ],
    [
      "I11",
      "a picture that was paid for and is gone",
      `delete from assets where generation_id = '${succeeded.id}'`,
    ],
    [
      "I24",
      "a charge that was given to somebody else",
      `update ledger_entries set account_id = (
         select id from ledger_accounts where user_id = '${otherId}' and kind = 'available' and unit = 'credit')
        where transaction_id = ${endOf(succeeded.id)} and amount > 0`,
    ],
  ] as const)("are seen within the minute: %s, %s", async ([invariant, , act]) => {
    expect(await driftAfter(act)).toContain(invariant);
    expect(await findDrift(db)).toEqual([]);
  });

  it("are seen on any account that was written since the last look, and on the others in their turn", async () => {
    const [account] = await owner<{ id: number }[]>`
      select id::int as id from ledger_accounts where user_id = ${userId} and kind = 'available' and unit = 'credit'`;
    const id = account?.id ?? 0;
    const elsewhere = { after: id, until: id };
    const { next } = await planDriftLook(db);
    const act = (sign: string) => `update ledger_accounts set balance = balance ${sign} 7 where id = ${id}`;
    const seen = (since: string | null, turn = elsewhere) => findDrift(db, { since, ...turn });
    await corrupted(act("+"), act("-"), async () => {
      expect(await seen(next.since)).toMatchObject([{ subject: String(id) }]);
      // Whatever else runs on the server may be older.
      const isOver = async () => (await seen((await planDriftLook(db)).next.since)).length === 0;
      await waitFor(isOver, { what: "the transaction to be an old one" });
      expect(await seen(null)).toEqual([]);
      expect(await seen(null, { after: id - 1, until: id })).toMatchObject([{ subject: String(id) }]);
      // A transaction that this database has not come to: it is another one's, restored.
      expect(await seen(String(2 ** 31 - 1))).toEqual([]);
    });
  });

  it("page somebody within a minute, and one instance looks each half minute", async () => {
    await clock.shift("1 hour");
    const act = (sign: string) => `update ledger_accounts set balance = balance ${sign} 7 where ${wallet}`;
    await corrupted(act("+"), act("-"), async () => {
      const turns = await Promise.all(Array.from({ length: 5 }, () => keepBooks({ db })));
      expect(turns.filter((found) => found !== null)).toEqual([1]);
    });
    // What the metric tells.
    expect(await readLedgerCheck(db, "drift")).toMatchObject({ violations: 1 });
    expect(await keepBooks({ db })).toBeNull();
    await clock.shift("61 minutes");
    expect(await keepBooks({ db })).toBe(0);
    await clock.reset();
    await endGeneration(db, live.id);
  });
});
