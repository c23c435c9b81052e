import { describe, expect, it } from "vitest";
import { expireBuckets, readBalance, redeemCode } from "@/db/queries/credits";
import {
  applyPrediction,
  cancelGeneration,
  expireGeneration,
  failGeneration,
} from "@/db/queries/generations";
import { grantCredits, makeRedeemCodes, refundGeneration } from "@/db/queries/operations";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { hashCode } from "@/lib/credits/hash-code";
import { reach, reserve, word } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);
const by = { actor: "operator:ada", reason: "asked for by mail" } as const;

/** The person wishes to go, now; everything of theirs has ended. */
async function leave(userId: string): Promise<void> {
  await scheduleErasure(db, { userId, days: 0 });
  expect(await eraseDuePerson(db)).toMatchObject({ outcome: "erased", userId });
}

describe("somebody who has left", () => {
  it("[F-70] can hold nothing again, is given nothing, and what was left has expired", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded");
    await leave(userId);
    expect(await reserve(db, userId)).toEqual({ outcome: "account_closed" });
    expect(await grantCredits(db, { userId, amount: 5, key: `late-${userId}`, ...by })).toEqual({
      outcome: "not_found",
    });
    expect(await refundGeneration(db, { generationId: id, amount: null, ...by })).toEqual({
      outcome: "not_found",
    });
    const code = { codeHashes: [hashCode("SUN")], amount: 5, usesMax: 1, expiresAt: null, ...by };
    await makeRedeemCodes(db, code);
    const redeem = { userId, codeHash: hashCode("SUN"), signupCredits: 50, rate: { count: 9, seconds: 1 } };
    expect(await redeemCode(db, redeem)).toEqual({ outcome: "invalid" });
    const [held] =
      await owner`select sum(balance)::int as sum from ledger_accounts where user_id = ${userId}`;
    expect(held).toEqual({ sum: 0 });
    const [line] = await owner`select count(*)::int as count from audit_entries
      where action = 'erase_person' and subject = ${userId}`;
    expect(line).toEqual({ count: 1 });
  });

  it("[F-70] leaves every movement behind, under an id that leads to nobody", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded");
    await leave(userId);
    const kinds =
      await owner`select kind from ledger_transactions where generation_id = ${id} order by created_at`;
    expect(kinds.map(({ kind }) => String(kind))).toEqual(["reserve", "capture"]);
    expect([...(await owner`select 1 from users where id = ${userId}`)]).toEqual([]);
    await owner`update outbox set done_at = now() where done_at is null`;
  });

  it("[F-70] is not there to come late to: a picture that comes now is not wanted", async () => {
    const userId = await createPerson(db, 50);
    const scene = await reach(db, userId, "running");
    await clock.shift("901 seconds");
    await expireGeneration(db, scene.id);
    await clock.reset();
    await leave(userId);
    await applyPrediction(db, {
      prediction: word(scene.predictionId, "succeeded"),
      tokenHash: scene.tokenHash,
      source: "webhook",
    });
    expect([...(await owner`select 1 from outbox where topic = 'store_late'`)]).toEqual([]);
    await owner`update outbox set done_at = now() where done_at is null`;
  });
});

describe("the turn of the month", () => {
  it("[F-67] a free picture comes back to the month that it was taken from, and then expires", async () => {
    const userId = await createPerson(db, 0);
    await clock.freeze("2030-01-31T23:59:59.9Z");
    const scene = await reach(db, userId, "running", { request: { unit: "picture", unitPrice: 1 } });
    await expireBuckets(db, 1_000);
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 4 });
    await clock.freeze("2030-02-01T00:00:00.1Z");
    await expireBuckets(db, 1_000);
    await cancelAll(userId, scene.id);
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 5 });
    const january = async () =>
      (
        await owner<{ balance: number }[]>`select balance::int as balance from ledger_accounts
          where user_id = ${userId} and unit = 'picture' and kind = 'available' and period = '2030-01'`
      )[0]?.balance;
    expect(await january()).toBe(1);
    await expireBuckets(db, 1_000);
    expect(await january()).toBe(0);
    await expireBuckets(db, 1_000);
    await clock.reset();
  });

  it("[F-68] twenty first looks of a month open one bucket with one grant", async () => {
    const userId = await createPerson(db, 0);
    await clock.freeze("2032-02-29T12:00:00Z");
    await Promise.all(
      Array.from({ length: 20 }, () => reserve(db, userId, { request: { unit: "picture", unitPrice: 1 } })),
    );
    const [row] = await owner`select count(*)::int as count from ledger_transactions
      where idempotency_key = ${`quota:${userId}:2032-02`}`;
    expect(row).toEqual({ count: 1 });
    const { available } = await readBalance(db, { userId, signupCredits: 0, freeMonthlyLimit: 5 });
    expect(available).toBe(0);
    await clock.reset();
  });

  async function cancelAll(userId: string, id: string): Promise<void> {
    await cancelGeneration(db, { userId, generationId: id });
    await failGeneration(db, {
      generationId: id,
      from: "running",
      cause: "sweep",
      reason: "internal",
      detail: "x",
    });
  }
});
