import { describe, expect, it } from "vitest";
import { readBalance } from "@/db/queries/credits";
import { newId } from "@/lib/ids";
import { reach, reserve, reserveOne } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 30 });
const clock = databaseClock(owner);

const countOutcomes = (results: { outcome: string }[]) =>
  Object.fromEntries(
    [...Map.groupBy(results, ({ outcome }) => outcome)].map(([outcome, group]) => [outcome, group.length]),
  );

describe("a submit", () => {
  it("holds its price, says what is left, and is due for the sweeper soon", async () => {
    const userId = await createPerson(db, 50);
    const result = await reserve(db, userId, { request: { outputCount: 2 } });
    expect(result).toMatchObject({ outcome: "reserved", cost: 20, balance: 30 });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 30, held: 20 });
    const [row] = await owner`
      select state, version, held_amount::int as held, due_at - created_at = interval '5 seconds' as is_due_soon,
             deadline_at - created_at = interval '900 seconds' as has_deadline
        from generations where user_id = ${userId}`;
    expect(row).toEqual({ state: "reserved", version: 0, held: 20, is_due_soon: true, has_deadline: true });
  });

  it("that the balance does not cover is refused with what is needed and there", async () => {
    const userId = await createPerson(db, 9);
    expect(await reserve(db, userId)).toEqual({ outcome: "insufficient_credits", needed: 10, available: 9 });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 9, held: 0 });
    const [row] = await owner`select count(*)::int as count from generations where user_id = ${userId}`;
    expect(row?.count).toBe(0);
  });

  it("[F-71] for a price that has changed is refused with the new one and holds nothing", async () => {
    const userId = await createPerson(db, 50);
    const at = (unitPrice: number, expectedCost: number) =>
      reserve(db, userId, { request: { outputCount: 2, unitPrice, expectedCost } });
    expect(await at(12, 20)).toEqual({ outcome: "price_changed", cost: 24 });
    expect(await at(8, 20)).toEqual({ outcome: "price_changed", cost: 16 });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    expect(await at(10, 20)).toMatchObject({ outcome: "reserved", cost: 20, balance: 30 });
  });

  it("[F-71] of a free picture is expected to cost nothing", async () => {
    const userId = await createPerson(db, 50);
    const free = (expectedCost: number) =>
      reserve(db, userId, { request: { unit: "picture", unitPrice: 1, expectedCost } });
    expect(await free(5)).toEqual({ outcome: "price_changed", cost: 0 });
    expect(await free(0)).toMatchObject({ outcome: "reserved", cost: 0, balance: 50 });
  });

  it("spends the last credit exactly", async () => {
    const userId = await createPerson(db, 10);
    expect(await reserve(db, userId)).toMatchObject({ outcome: "reserved", balance: 0 });
    expect(await reserve(db, userId)).toMatchObject({ outcome: "insufficient_credits", available: 0 });
  });

  it("beyond the live cap is refused until one has ended", async () => {
    const userId = await createPerson(db);
    const policy = { liveMax: 2 };
    const running = await reach(db, userId, "running", { policy });
    await reach(db, userId, "succeeded", { policy });
    await reserveOne(db, userId, { policy });
    expect(await reserve(db, userId, { policy })).toEqual({ outcome: "too_many_running", liveMax: 2 });
    await db.$client`select fail_generation(${running.id}, 'running', 'sweep', 'internal', 'x')`;
    expect(await reserve(db, userId, { policy })).toMatchObject({ outcome: "reserved" });
  });

  it("of somebody whose wallet was never opened opens it with the sign-up grant, once", async () => {
    const userId = newId("user");
    const policy = { signupCredits: 30 };
    const results = await Promise.all(Array.from({ length: 10 }, () => reserve(db, userId, { policy })));
    expect(countOutcomes(results)).toEqual({ reserved: 3, insufficient_credits: 7 });
    const balance = await readBalance(db, { userId, signupCredits: 30, freeMonthlyLimit: 5 });
    expect(balance).toMatchObject({ available: 0, held: 30 });
  });
});

describe("submits at the same time", () => {
  it("[F-12] 300 on a balance for 50: exactly 50 are paid, none is overdrawn", async () => {
    const userId = await createPerson(db, 500);
    const results = await Promise.all(Array.from({ length: 300 }, () => reserve(db, userId)));
    expect(countOutcomes(results)).toEqual({ reserved: 50, insufficient_credits: 250 });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 0, held: 500 });
    const left = results.flatMap((result) => (result.outcome === "reserved" ? [result.balance] : []));
    expect(left.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index * 10));
  });

  it("[F-82] 40 under a live cap of 4: exactly 4", async () => {
    const userId = await createPerson(db, 1_000);
    const policy = { liveMax: 4 };
    const results = await Promise.all(Array.from({ length: 40 }, () => reserve(db, userId, { policy })));
    expect(countOutcomes(results)).toEqual({ reserved: 4, too_many_running: 36 });
  });

  it("40 under a rate of 7 a minute: exactly 7, the others are told how long to wait", async () => {
    const userId = await createPerson(db, 1_000);
    const policy = { rateCount: 7, rateSeconds: 60 };
    await clock.stop();
    const results = await Promise.all(Array.from({ length: 40 }, () => reserve(db, userId, { policy })));
    await clock.reset();
    expect(countOutcomes(results)).toEqual({ reserved: 7, rate_limited: 33 });
    for (const result of results) {
      const waitSeconds = result.outcome === "rate_limited" ? result.retryAfterSeconds : 9;
      expect(waitSeconds).toBe(9);
    }
  });

  it("of different people neither wait for nor see each other", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => createPerson(db, 30)));
    const results = await Promise.all(
      people.flatMap((userId) => [1, 2, 3, 4].map(() => reserve(db, userId))),
    );
    expect(countOutcomes(results)).toEqual({ reserved: 60, insufficient_credits: 20 });
    for (const userId of people) {
      expect(await balanceOf(db, userId)).toMatchObject({ available: 0, held: 30 });
    }
  });
});

describe("an idempotency key", () => {
  it("[F-11] used a hundred times at once is one generation and one answer", async () => {
    const userId = await createPerson(db, 500);
    const results = await Promise.all(
      Array.from({ length: 100 }, () => reserve(db, userId, { key: "the-key-1" })),
    );
    expect(countOutcomes(results)).toEqual({ reserved: 1, replayed: 99 });
    const answers = new Set(results.map((result) => JSON.stringify({ ...result, outcome: "" })));
    expect(answers.size).toBe(1);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 490, held: 10 });
  });

  it("is replayed when the live cap, the rate or the credits are used up since", async () => {
    const userId = await createPerson(db, 10);
    const first = await reserve(db, userId, { key: "the-key-1" });
    const policy = { liveMax: 1, rateCount: 1, rateSeconds: 3_600 };
    for (let number = 0; number < 3; number++) {
      const again = await reserve(db, userId, { key: "the-key-1", policy });
      expect(again).toEqual({ ...first, outcome: "replayed" });
    }
  });

  it("[F-02] [F-16] is replayed while creates are held back, which refuses a new one and holds nothing", async () => {
    const userId = await createPerson(db);
    const first = await reserve(db, userId, { key: "the-key-1" });
    const policy = { createWaitSeconds: 7 };
    expect(await reserve(db, userId, { key: "the-key-1", policy })).toEqual({
      ...first,
      outcome: "replayed",
    });
    expect(await reserve(db, userId, { key: "the-key-2", policy })).toEqual({
      outcome: "upstream_unavailable",
      retryAfterSeconds: 7,
    });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 40, held: 10 });
  });

  it("is replayed with its first id and cost after its generation has ended", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "failed", { key: "the-key-1" });
    expect(await reserve(db, userId, { key: "the-key-1" })).toEqual({
      outcome: "replayed",
      id,
      cost: 10,
      balance: 50,
    });
  });

  it("[F-13] with another body is a conflict and holds nothing", async () => {
    const userId = await createPerson(db);
    await reserve(db, userId, { key: "the-key-1" });
    expect(await reserve(db, userId, { key: "the-key-1", hash: "other" })).toEqual({
      outcome: "idempotency_conflict",
    });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 40, held: 10 });
  });

  it("is replayed at the price it was made for, whatever it costs now", async () => {
    const userId = await createPerson(db);
    const id = await reserveOne(db, userId, { key: "the-key-1", request: { expectedCost: 10 } });
    const now = { key: "the-key-1", request: { expectedCost: 10, unitPrice: 12 } };
    expect(await reserve(db, userId, now)).toEqual({
      outcome: "replayed",
      id,
      cost: 10,
      balance: 40,
    });
  });

  it("[F-14] of one person is another's own", async () => {
    const [a, b] = await Promise.all([createPerson(db), createPerson(db)]);
    const first = await reserveOne(db, a, { key: "the-key-1" });
    const second = await reserve(db, b, { key: "the-key-1", hash: "other" });
    expect(second).toMatchObject({ outcome: "reserved" });
    expect(second).not.toMatchObject({ id: first });
  });

  it("of a refused submit is free to be used again", async () => {
    const userId = await createPerson(db, 0);
    expect(await reserve(db, userId, { key: "the-key-1" })).toMatchObject({
      outcome: "insufficient_credits",
    });
    await owner`select grant_to_account(
      (select id from ledger_accounts where user_id = ${userId} and kind = 'available' and unit = 'credit'),
      'credit', 10, ${`gift:${userId}`}, 'system', 'gift')`;
    expect(await reserve(db, userId, { key: "the-key-1", hash: "other" })).toMatchObject({
      outcome: "reserved",
    });
  });
});
