import { describe, expect, it } from "vitest";
import { findDrift, readLedgerCheck } from "@/db/queries/ledger-checks";
import { keepBooks } from "@/lib/reconciliation/keep-books";
import { setTestEnvironment } from "@/tests/support/environment";
import { endGeneration, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

setTestEnvironment();
const ledger = await openTestLedger();
const { db, owner } = ledger;
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);
await reach(db, userId, "succeeded");
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
