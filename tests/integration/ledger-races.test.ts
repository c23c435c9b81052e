import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { expect, it } from "vitest";
import { openWallet } from "@/db/queries/credits";
import { findDrift } from "@/db/queries/ledger-checks";
import { clawBackCredits, grantCredits, refundGeneration } from "@/db/queries/operations";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { endGeneration, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { waitFor } from "@/tests/support/wait-for";

// Two movements of one account in the order that goes wrong when a lock is taken too late: the test holds the row that the
// one in front would hold, and lets go when the others wait for it.

const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);
const by = { actor: "operator:ada", reason: "a race" } as const;

/** Holds rows as a transaction under way does, until `whileHeld` is over. Commits. */
async function holding(
  select: string,
  whileHeld: (holder: postgres.ReservedSql, waiting: (count: number) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  // The driver answers no reservation on a connection that it has yet to open.
  await owner`select 1`;
  const holder = await owner.reserve();
  try {
    await holder.unsafe("begin");
    await holder.unsafe(`${select} for update`);
    await whileHeld(holder, (count) =>
      waitFor(
        async () => {
          const [row] = await owner<{ count: number }[]>`
            select count(distinct pid)::int as count from pg_locks
             where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`;
          return row?.count === count;
        },
        { what: `${count} to wait for a lock` },
      ),
    );
    await holder.unsafe("commit");
  } finally {
    await holder.unsafe("rollback");
    holder.release();
  }
}

const walletOf = (userId: string) =>
  `select 1 from ledger_accounts where user_id = '${userId}' and kind = 'available' and unit = 'credit'`;
const bucketOf = (userId: string) =>
  `select 1 from ledger_accounts where user_id = '${userId}' and kind = 'available' and unit = 'picture'`;

/** The order of an account's entries is the order in which they changed it: what pages an operator when it is not so. */
const expectNoDrift = async () => expect(await findDrift(db)).toEqual([]);

it("a free picture's refund waits for its month before it draws a line, so that the books never seem to drift", async () => {
  const userId = await createPerson(db, 0);
  const request = { unit: "picture", unitPrice: 1 } as const;
  const { id } = await reach(db, userId, "succeeded", { request });
  const other = await reach(db, userId, "running", { request });
  let refunding: Promise<unknown> = Promise.resolve();
  await holding(bucketOf(userId), async (holder, waiting) => {
    refunding = refundGeneration(db, { generationId: id, amount: null, ...by });
    await waiting(1);
    // The one that holds the month settles, and its lines are drawn after the refund came.
    await holder`select fail_generation(${other.id}, 'running', 'sweep', 'internal', 'x')`;
  });
  expect(await refunding).toMatchObject({ outcome: "refunded", amount: 1 });
  await expectNoDrift();
});

it.for([
  ["a gift", (userId: string) => grantCredits(db, { userId, amount: 5, key: `gift-${userId}`, ...by })],
  [
    "a claw-back",
    (userId: string) => clawBackCredits(db, { userId, amount: 5, key: `back-${userId}`, ...by }),
  ],
  // Of somebody whose sign-up gave nothing, and whose operator now gives at sign-up.
  [
    "an opening gift",
    (userId: string) => openWallet(db, { userId, signupCredits: 5, isFirstAccountOperator: false }),
  ],
] as const)("%s waits for the wallet before it draws a line", async ([, post]) => {
  const userId = await createPerson(db, 0);
  await grantCredits(db, { userId, amount: 50, key: `first-${userId}`, ...by });
  const { id } = await reach(db, userId, "running");
  let posting: Promise<unknown> = Promise.resolve();
  await holding(walletOf(userId), async (holder, waiting) => {
    posting = post(userId);
    await waiting(1);
    await holder`select fail_generation(${id}, 'running', 'sweep', 'internal', 'x')`;
  });
  await posting;
  await expectNoDrift();
});

it("months that are over are swept around a settlement, which is swept the next time", async () => {
  const userId = await createPerson(db, 0);
  const request = { unit: "picture", unitPrice: 1 } as const;
  const { id } = await reach(db, userId, "running", { request });
  await clock.shift("40 days");
  await holding(bucketOf(userId), async (holder) => {
    await db.$client`select expire_buckets(100)`;
    await holder`select fail_generation(${id}, 'running', 'sweep', 'internal', 'x')`;
  });
  await db.$client`select expire_buckets(100)`;
  await clock.reset();
  await expectNoDrift();
  const [bucket] = await owner`select balance::int as balance from ledger_accounts
    where user_id = ${userId} and kind = 'available' and unit = 'picture'`;
  expect(bucket).toEqual({ balance: 0 });
});

it("a refund and the erasure of its person wait for each other, and never in a ring", async () => {
  const userId = await createPerson(db, 50);
  const first = await reach(db, userId, "succeeded");
  const { id } = await reach(db, userId, "succeeded");
  await scheduleErasure(db, { userId, days: 0 });
  let both: Promise<unknown[]> = Promise.resolve([]);
  // The erasure is past the wallet and stands before its first generation when the refund of the second one comes.
  await holding(`select 1 from generations where id = '${first.id}'`, async (_, waiting) => {
    // Not as a step: that makes the one again which the database has thrown out of the ring.
    const erasing = db.$client`select erase_due_person() ->> 'outcome' as outcome`;
    const started = erasing.execute();
    await waiting(1);
    const refunding = db.$client`select refund_generation(${id}, null, 'operator:ada', 'x') ->> 'outcome' as outcome`;
    both = Promise.all([started, refunding.execute()]);
    both.catch(() => {});
    await waiting(2);
  });
  expect(await both).toMatchObject([[{ outcome: "erased" }], [{ outcome: "not_found" }]]);
  expect(await eraseDuePerson(db)).toEqual({ outcome: "none" });
  await owner`update outbox set done_at = now() where done_at is null`;
});

it("a refund of one that is settled this moment says that nothing was charged, and stands in nobody's way", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "running");
  let settling: Promise<unknown> = Promise.resolve();
  let refunding: Promise<unknown> = Promise.resolve();
  await holding(walletOf(userId), async (_, waiting) => {
    settling = endGeneration(db, id);
    await waiting(1);
    refunding = refundGeneration(db, { generationId: id, amount: null, ...by });
    // It waits for nobody: in the line behind the settlement it would hold up whoever comes next.
    expect(await Promise.race([refunding, sleep(5_000)])).toEqual({ outcome: "not_charged" });
  });
  await Promise.all([settling, refunding]);
});
