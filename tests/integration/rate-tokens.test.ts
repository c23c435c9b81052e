import { describe, expect, it } from "vitest";
import { deleteGeneration } from "@/db/queries/generations";
import { takeRateToken } from "@/db/queries/rate-limits";
import { readTask } from "@/db/queries/tasks";
import { reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 30 });
const clock = databaseClock(owner);
const START = "2026-11-23T10:00:00.000Z";
const later = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

async function takeMany(key: string, times: number, rate: { count: number; seconds: number }) {
  const waits = await Promise.all(Array.from({ length: times }, () => takeRateToken(db, { key, ...rate })));
  return {
    taken: waits.filter((wait) => wait === 0).length,
    waits: new Set(waits.filter((wait) => wait > 0)),
  };
}

describe("an allowance", () => {
  it.for([
    { count: 10, seconds: 60 },
    { count: 1, seconds: 1 },
    { count: 120, seconds: 60 },
    // Numbers that do not divide: no token may get lost in the rounding.
    { count: 7, seconds: 60 },
    { count: 11, seconds: 60 },
    { count: 13, seconds: 1 },
    { count: 97, seconds: 3 },
  ])("of $count in $seconds s is exactly that many at one instant", async (rate) => {
    await clock.freeze(START);
    const { taken } = await takeMany(`burst:${rate.count}`, rate.count + 40, rate);
    expect(taken).toBe(rate.count);
  });

  it("that is used up tells the whole seconds until the next token, which is there then and not before", async () => {
    const rate = { key: "wait", count: 10, seconds: 60 };
    await clock.freeze(START);
    await takeMany("wait", 10, rate);
    expect(await takeRateToken(db, rate)).toBe(6);
    await clock.freeze(later(5.999));
    expect(await takeRateToken(db, rate)).toBe(1);
    await clock.freeze(later(6));
    expect(await takeRateToken(db, rate)).toBe(0);
    expect(await takeRateToken(db, rate)).toBe(6);
  });

  it("refills evenly, never beyond its count however long it rests", async () => {
    const rate = { count: 10, seconds: 60 };
    await clock.freeze(START);
    await takeMany("refill", 10, rate);
    await clock.freeze(later(30));
    expect((await takeMany("refill", 20, rate)).taken).toBe(5);
    await clock.freeze(later(86_400));
    expect((await takeMany("refill", 50, rate)).taken).toBe(10);
  });

  it("is each key's own", async () => {
    await clock.freeze(START);
    const rate = { count: 1, seconds: 60 };
    expect(await takeRateToken(db, { key: "generate:a", ...rate })).toBe(0);
    expect(await takeRateToken(db, { key: "generate:b", ...rate })).toBe(0);
    // A refusal mends the key that it is of, where the clock was set back, and no longer one beside it.
    const hour = { key: "hour", count: 1, seconds: 3_600 };
    expect(await takeRateToken(db, hour)).toBe(0);
    expect(await takeRateToken(db, { key: "generate:a", ...rate })).toBe(60);
    expect(await takeRateToken(db, hour)).toBe(3_600);
  });

  it("is whole for those who come together, in whatever order they are let in", async () => {
    const rate = { count: 3, seconds: 600 };
    for (const seconds of [0.3, 0.1, 0.2]) {
      await clock.freeze(later(seconds));
      expect(await takeRateToken(db, { key: "together", ...rate })).toBe(0);
    }
    await clock.freeze(later(0.25));
    expect(await takeRateToken(db, { key: "together", ...rate })).toBe(200);
  });

  it("survives a clock that goes back: it waits for a step, not for the old time, and never gives more", async () => {
    const rate = { count: 5, seconds: 60 };
    await clock.freeze(later(600));
    await takeMany("back", 5, rate);
    await clock.freeze(START);
    expect(await takeMany("back", 10, rate)).toEqual({ taken: 0, waits: new Set([12]) });
    await clock.freeze(later(12));
    expect((await takeMany("back", 10, rate)).taken).toBe(1);
    await clock.freeze(later(72));
    expect((await takeMany("back", 10, rate)).taken).toBe(5);
  });

  it("takes a key of any text", async () => {
    await clock.freeze(START);
    for (const key of ["'; drop table rate_buckets; --", "狐狸 🦊", "x".repeat(500)]) {
      expect(await takeRateToken(db, { key, count: 1, seconds: 60 })).toBe(0);
      expect(await takeRateToken(db, { key, count: 1, seconds: 60 })).toBe(60);
    }
  });
});

describe("the read of a task", () => {
  it("takes a token whatever is asked for, and tells nobody of somebody else's", async () => {
    await clock.reset();
    const [ada, grace] = [await createPerson(db, 50), await createPerson(db, 50)];
    const { id } = await reach(db, ada, "reserved");
    const read = (userId: string, generationId: string) =>
      readTask(db, { userId, generationId, rate: { key: `task:${userId}`, count: 2, seconds: 60 } });
    expect(await read(ada, id)).toMatchObject({ outcome: "found", task: { id } });
    expect(await read(ada, "gen_none")).toEqual({ outcome: "not_found" });
    expect(await read(ada, id)).toEqual({ outcome: "rate_limited", retryAfterSeconds: 30 });
    expect(await read(grace, id)).toEqual({ outcome: "not_found" });
    const hers = await reach(db, grace, "failed");
    await deleteGeneration(db, { userId: grace, generationId: hers.id });
    expect(await read(grace, hers.id)).toEqual({ outcome: "not_found" });
  });
});
