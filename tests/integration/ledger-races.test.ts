import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openWallet } from "@/db/queries/credits";
import { findDrift } from "@/db/queries/ledger-checks";
import { clawBackCredits, grantCredits, refundGeneration } from "@/db/queries/operations";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { endGeneration, reach, reserve } from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

// Two movements of one account in the order that goes wrong when a lock is taken too late: the test holds the row that the
// one in front would hold, and lets go when the others wait for it.

const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);
const holding = createHold(owner);
const by = { actor: "operator:ada", reason: "a race" } as const;

const walletOf = (userId: string) =>
  `select 1 from ledger_accounts where user_id = '${userId}' and kind = 'available' and unit = 'credit' for update`;
const bucketOf = (userId: string) =>
  `select 1 from ledger_accounts where user_id = '${userId}' and kind = 'available' and unit = 'picture' for update`;

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

it("a free picture is asked for while one comes back: it waits for that, and is made", async () => {
  const userId = await createPerson(db, 0);
  const free = { request: { unit: "picture", unitPrice: 1 }, policy: { freeMonthlyLimit: 1 } } as const;
  const { id } = await reach(db, userId, "running", free);
  expect(await reserve(db, userId, free)).toMatchObject({ outcome: "monthly_limit", remaining: 0 });
  let asking: ReturnType<typeof reserve> | undefined;
  await holding(
    `select fail_generation('${id}', 'running', 'sweep', 'internal', 'x')`,
    async (_, waiting) => {
      asking = reserve(db, userId, free);
      await waiting(1);
    },
  );
  const asked = await asking;
  expect(asked).toMatchObject({ outcome: "reserved" });
  await endGeneration(db, asked?.outcome === "reserved" ? asked.id : "");
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
  await holding(`select 1 from generations where id = '${first.id}' for update`, async (_, waiting) => {
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

it("an erasure waits for the month that is swept this moment, and takes nothing twice", async () => {
  const userId = await createPerson(db, 0);
  const free = { request: { unit: "picture", unitPrice: 1 } } as const;
  await endGeneration(db, (await reach(db, userId, "running", free)).id);
  await clock.shift("40 days");
  await scheduleErasure(db, { userId, days: 0 });
  let erasing: Promise<unknown> | undefined;
  await holding("select expire_buckets(100)", async (_, waiting) => {
    // Not as a step: that makes the one again which found less than it had read.
    erasing = db.$client`select erase_due_person() ->> 'outcome' as outcome`.execute();
    await waiting(1);
  });
  expect(await erasing).toEqual([{ outcome: "erased" }]);
  await clock.reset();
  await expectNoDrift();
});

it("two sweepers that erase at once erase each person once, and the second goes round the first", async () => {
  const userId = await createPerson(db, 50);
  await scheduleErasure(db, { userId, days: 0 });
  await holding("select erase_due_person()", async () => {
    expect(await Promise.race([eraseDuePerson(db), sleep(5_000)])).toEqual({ outcome: "none" });
  });
  const [row] = await owner`select count(*)::int as count from audit_entries
    where action = 'erase_person' and subject = ${userId}`;
  expect(row).toEqual({ count: 1 });
});

it("an erasure waits for a submit that is under way, and stops what it made first", async () => {
  const userId = await createPerson(db, 50);
  await scheduleErasure(db, { userId, days: 0 });
  let submitting: ReturnType<typeof reserve> | undefined;
  let erasing: ReturnType<typeof eraseDuePerson> | undefined;
  await holding(walletOf(userId), async (_, waiting) => {
    submitting = reserve(db, userId);
    await waiting(1);
    erasing = eraseDuePerson(db);
    await waiting(2);
  });
  const submitted = await submitting;
  const id = submitted?.outcome === "reserved" ? submitted.id : "";
  expect(await erasing).toEqual({ outcome: "stopping", userId, generationIds: [id] });
  await endGeneration(db, id);
  await clock.shift("1 minute");
  expect(await eraseDuePerson(db)).toMatchObject({ outcome: "erased", userId });
  await clock.reset();
});

it("an erasure takes its person's generations in the order of their ids, however they lie in the table", async () => {
  const userId = await createPerson(db, 50);
  const [one, other] = [await reach(db, userId, "succeeded"), await reach(db, userId, "succeeded")];
  const [first = "", second = ""] = [one.id, other.id].toSorted();
  // A row that is written again lies behind the others.
  await owner`update generations set due_at = due_at where id = ${first}`;
  await scheduleErasure(db, { userId, days: 0 });
  let erasing: Promise<unknown> | undefined;
  await holding(`select 1 from generations where id = '${first}' for update`, async (holder, waiting) => {
    // Not as a step: that makes the one again which the database has thrown out of the ring.
    erasing = db.$client`select erase_due_person() ->> 'outcome' as outcome`.execute();
    await waiting(1);
    await holder`select 1 from generations where id = ${second} for update`;
  });
  expect(await erasing).toEqual([{ outcome: "erased" }]);
});
