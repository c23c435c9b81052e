import { describe, expect, it } from "vitest";
import { readBalance } from "@/db/queries/credits";
import { failGeneration, finishStoring } from "@/db/queries/generations";
import { asset, reach, reserve } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);

const FREE = { request: { model: "flux-freeSchnell", unit: "picture", unitPrice: 1 } } as const;
const submit = (userId: string, outputCount = 1) =>
  reserve(db, userId, { request: { ...FREE.request, outputCount } });
const buckets = async (userId: string) => [
  ...(await owner`
    select period, balance::int as balance from ledger_accounts
     where user_id = ${userId} and unit = 'picture' and kind = 'available' order by period`),
];
const fail = (generationId: string) =>
  failGeneration(db, {
    generationId,
    from: "running",
    cause: "poll",
    reason: "provider_failed",
    detail: "x",
  });

describe("this month's free pictures", () => {
  it("are five without anything being granted beforehand, and cost no credits", async () => {
    const userId = await createPerson(db, 50);
    expect(await balanceOf(db, userId)).toEqual({ available: 50, held: 0, freeRemaining: 5 });
    expect(await submit(userId)).toMatchObject({ outcome: "reserved", cost: 0, balance: 50 });
    expect(await balanceOf(db, userId)).toEqual({ available: 50, held: 0, freeRemaining: 4 });
  });

  it("are granted once by 60 first submits at the same time, of which exactly five are accepted", async () => {
    const userId = await createPerson(db);
    const results = await Promise.all(Array.from({ length: 60 }, () => submit(userId)));
    expect(results.filter(({ outcome }) => outcome === "reserved")).toHaveLength(5);
    expect(results.filter(({ outcome }) => outcome === "monthly_limit")).toHaveLength(55);
    const [grants] = await owner`
      select count(*)::int as count from ledger_transactions where idempotency_key like ${`quota:${userId}:%`}`;
    expect(grants?.count).toBe(1);
  });

  it("that are too few for a submit are kept, and the person is told how many and until when", async () => {
    const userId = await createPerson(db);
    await submit(userId, 3);
    const refused = await submit(userId, 3);
    expect(refused).toMatchObject({ outcome: "monthly_limit", remaining: 2 });
    expect(await submit(userId, 2)).toMatchObject({ outcome: "reserved" });
  });

  it("come back when the picture failed, and stay spent when it was stored", async () => {
    const userId = await createPerson(db);
    const failed = await reach(db, userId, "running", FREE);
    const stored = await reach(db, userId, "storing", FREE);
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 3 });
    await fail(failed.id);
    await finishStoring(db, { generationId: stored.id, assets: [asset()] });
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 4 });
  });

  it("come back in part when some of several were stored", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "storing", { request: { ...FREE.request, outputCount: 4 } });
    await finishStoring(db, { generationId: id, assets: [asset(1)] });
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 4 });
  });

  it("do not touch the credits, nor credits them", async () => {
    const userId = await createPerson(db, 0);
    expect(await submit(userId)).toMatchObject({ outcome: "reserved", balance: 0 });
    expect(await reserve(db, userId)).toMatchObject({ outcome: "insufficient_credits" });
  });

  it("are none when the operator gives none", async () => {
    const userId = await createPerson(db);
    const none = { request: FREE.request, policy: { freeMonthlyLimit: 0 } };
    expect(await reserve(db, userId, none)).toMatchObject({ outcome: "monthly_limit", remaining: 0 });
  });
});

describe("the turn of a month", () => {
  // Far from the day of the tests: what falls due at a frozen clock must not be overdue by the real one.
  it("a picture held at 23:59:59.9 goes back into the month it came from", async () => {
    const userId = await createPerson(db);
    await clock.freeze("2036-11-30T23:59:59.900Z");
    const { id } = await reach(db, userId, "running", FREE);
    await clock.freeze("2036-12-01T00:00:00.100Z");
    await submit(userId);
    await fail(id);
    expect(await buckets(userId)).toEqual([
      { period: "2036-11", balance: 5 },
      { period: "2036-12", balance: 4 },
    ]);
  });

  it("a used-up month is a fresh one a moment later, in UTC and nowhere else", async () => {
    const userId = await createPerson(db);
    await clock.freeze("2036-12-31T23:59:59.999Z");
    await submit(userId, 4);
    await submit(userId, 1);
    expect(await submit(userId)).toMatchObject({ outcome: "monthly_limit", remaining: 0 });
    await db.$client`set time zone 'Asia/Tokyo'`;
    expect(await submit(userId)).toMatchObject({ outcome: "monthly_limit" });
    await clock.freeze("2037-01-01T00:00:00.000Z");
    expect(await submit(userId)).toMatchObject({ outcome: "reserved" });
    expect(await buckets(userId)).toEqual([
      { period: "2036-12", balance: 0 },
      { period: "2037-01", balance: 4 },
    ]);
  });

  it.for([
    ["2036-02-28T23:59:59Z", "2036-03-01T00:00:00.000Z", "2036-02"],
    ["2036-02-29T12:00:00Z", "2036-03-01T00:00:00.000Z", "2036-02"],
    ["2037-02-28T23:59:59Z", "2037-03-01T00:00:00.000Z", "2037-02"],
    ["2036-12-15T00:00:00Z", "2037-01-01T00:00:00.000Z", "2036-12"],
    ["2036-03-30T01:30:00Z", "2036-04-01T00:00:00.000Z", "2036-03"],
  ] as const)("at %s it is told to come at %s", async ([now, resetsAt, period]) => {
    const userId = await createPerson(db);
    await clock.freeze(now);
    await submit(userId);
    expect(await buckets(userId)).toEqual([{ period, balance: 4 }]);
    const { freeResetsAt } = await readBalance(db, { userId, signupCredits: 0, freeMonthlyLimit: 5 });
    expect(freeResetsAt.toISOString()).toBe(resetsAt);
  });

  it("leaves nothing on hold behind", async () => {
    await clock.reset();
    for (const { id } of await owner<
      { id: string }[]
    >`select id from generations where terminal_at is null`) {
      await db.$client`select fail_generation(${id}, state, 'sweep', 'internal', 'x') from generations where id = ${id}`;
    }
    const [row] =
      await owner`select coalesce(sum(balance), 0)::int as held from ledger_accounts where kind = 'held'`;
    expect(row?.held).toBe(0);
  });
});
