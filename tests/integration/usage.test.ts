import { expect, it } from "vitest";
import type { GenerationState } from "@/db/queries/generations";
import { binPictures } from "@/db/queries/library";
import { refundGeneration } from "@/db/queries/operations";
import { readUsage } from "@/lib/credits/read-usage";
import { endGeneration, type ReserveOptions, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const NOW = "2026-11-30T12:00:00Z";
const refund = (generationId: string, amount: number | null) =>
  refundGeneration(db, { generationId, amount, actor: "operator:test", reason: "a gift" });

/** A generation of a person's that was asked for at an instant and is in a state since. */
async function reachAt(
  instant: string,
  userId: string,
  state: GenerationState,
  request: ReserveOptions["request"] = {},
): Promise<string> {
  await clock.freeze(instant);
  const { id } = await reach(db, userId, state, { request });
  return id;
}

/** The days on which something was used. */
async function usedBy(userId: string, timeZone = "UTC") {
  const days = await readUsage({ db }, { userId, timeZone, nowMs: Date.parse(NOW) });
  expect(days).toHaveLength(30);
  return days.filter(({ credits }) => credits !== 0);
}

it("a day has what its pictures cost in the end: what was charged, less what was given back, also later", async () => {
  const [ada, grace] = [await createPerson(db, 1_000), await createPerson(db, 1_000)];
  // The clock goes forward only: the rate of submits counts by it.
  await reachAt("2026-10-20T10:00:00Z", ada, "succeeded");
  await reachAt("2026-11-10T09:00:00Z", ada, "succeeded");
  await reachAt("2026-11-10T10:00:00Z", ada, "failed");
  await reachAt("2026-11-10T10:00:00Z", ada, "canceled");
  await reachAt("2026-11-10T10:00:00Z", ada, "succeeded", { unit: "picture", unitPrice: 1 });
  await reachAt("2026-11-10T10:00:00Z", grace, "succeeded");
  await reachAt("2026-11-10T21:00:00Z", ada, "succeeded", { outputCount: 2 });
  const partly = await reachAt("2026-11-12T10:00:00Z", ada, "succeeded");
  const wholly = await reachAt("2026-11-13T10:00:00Z", ada, "succeeded");
  const binned = await reachAt("2026-11-14T10:00:00Z", ada, "succeeded");
  await clock.freeze(NOW);
  expect(await refund(partly, 4)).toMatchObject({ outcome: "refunded" });
  expect(await refund(wholly, null)).toMatchObject({ outcome: "refunded" });
  await binPictures(db, { userId: ada, imageIds: [], taskIds: [binned] });
  const live = await reachAt(NOW, ada, "reserved");

  expect(await usedBy(ada)).toEqual([
    { day: "2026-11-10", credits: 30 },
    { day: "2026-11-12", credits: 6 },
    { day: "2026-11-14", credits: 10 },
  ]);
  expect(await usedBy(grace)).toEqual([{ day: "2026-11-10", credits: 10 }]);
  await endGeneration(db, live);
});

it("the days are the reader's", async () => {
  const person = await createPerson(db, 1_000);
  await reachAt("2026-11-10T18:10:00Z", person, "succeeded");
  await reachAt("2026-11-10T18:20:00Z", person, "succeeded");
  expect(await usedBy(person)).toEqual([{ day: "2026-11-10", credits: 20 }]);
  // A quarter to six ahead.
  expect(await usedBy(person, "Asia/Kathmandu")).toEqual([
    { day: "2026-11-10", credits: 10 },
    { day: "2026-11-11", credits: 10 },
  ]);
});

it("what was used is what the ledger has taken, once nothing is held", async () => {
  const person = await createPerson(db, 1_000);
  for (const [day, state] of [
    ["05", "succeeded"],
    ["06", "failed"],
    ["07", "succeeded"],
    ["08", "canceled"],
  ] as const) {
    await reachAt(`2026-11-${day}T10:00:00Z`, person, state, { outputCount: 3 });
  }
  const [row] = await owner<{ taken: string }[]>`
    select -sum(e.amount) as taken from ledger_entries e
      join ledger_accounts a on a.id = e.account_id and a.user_id = ${person} and a.kind = 'available' and a.unit = 'credit'
      join ledger_transactions t on t.id = e.transaction_id and t.kind <> 'grant'`;
  const days = await usedBy(person);
  expect(days.reduce((sum, { credits }) => sum + credits, 0)).toBe(Number(row?.taken));
});
