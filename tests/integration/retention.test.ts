import { describe, expect, it } from "vitest";
import { applyPrediction } from "@/db/queries/generations";
import { finishOutbox, leaseOutbox } from "@/db/queries/outbox";
import { takeRateToken } from "@/db/queries/rate-limits";
import { forgetOldRows } from "@/db/queries/retention";
import { recordDelivery } from "@/db/queries/webhook-deliveries";
import { newId } from "@/lib/ids";
import { forgetOld } from "@/lib/reconciliation/forget-old";
import { newPredictionId, reach, reserve, reserveOne, word } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 12 });
const clock = databaseClock(owner);

const countOf = async (table: string) => {
  const [row] = await owner<{ count: number }[]>`select count(*)::int as count from ${owner(table)}`;
  return row?.count;
};
const forgetAfter = async (interval: string) => {
  await clock.shift(interval);
  return forgetOld({ db });
};
const record = (webhookId: string, predictionId: string) =>
  recordDelivery(db, {
    webhookId,
    tokenHash: null,
    bodyHash: Buffer.alloc(32),
    prediction: word(predictionId, "processing"),
  });

describe("the key of a submit", () => {
  it("is the same submit for seven days, and a new one after them; what was charged stays", async () => {
    const userId = await createPerson(db, 50);
    const id = await reserveOne(db, userId, { key: "the-key-1" });
    await forgetAfter("6 days 23 hours");
    expect(await reserve(db, userId, { key: "the-key-1" })).toMatchObject({ outcome: "replayed", id });
    await forgetAfter("7 days 1 minute");
    expect(await reserve(db, userId, { key: "the-key-1" })).toMatchObject({ outcome: "reserved" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 30, held: 20 });
  });
});

describe("deliveries", () => {
  it("stay for thirty days after they were applied, and for ever until then or when they were given up", async () => {
    await clock.reset();
    const userId = await createPerson(db);
    const { predictionId } = await reach(db, userId, "running");
    await record("msg_applied", predictionId);
    await record("msg_waiting", newPredictionId());
    await record("msg_given_up", newPredictionId());
    await owner`update webhook_deliveries set processed_at = app_now(), outcome = 'dead' where webhook_id = 'msg_given_up'`;
    await applyPrediction(db, {
      prediction: word(predictionId, "processing"),
      tokenHash: null,
      source: "webhook",
      webhookId: "msg_applied",
    });
    await forgetAfter("29 days");
    expect(await countOf("webhook_deliveries")).toBe(3);
    await forgetAfter("31 days");
    const rows = await owner<{ id: string }[]>`select webhook_id as id from webhook_deliveries order by id`;
    expect(rows).toEqual([{ id: "msg_given_up" }, { id: "msg_waiting" }]);
  });
});

describe("effects", () => {
  it("stay for thirty days after they were done; one that was given up stays", async () => {
    await clock.reset();
    await owner`delete from outbox`;
    const ask = (name: string) => owner`
      insert into outbox (topic, dedup_key, payload, due_at, created_at)
      values ('cancel_prediction', ${name}, '{}'::text::jsonb, app_now(), app_now())`;
    await ask("done");
    const [effect] = await leaseOutbox(db, { limit: 1, triesMax: 8 });
    await finishOutbox(db, effect?.id ?? 0);
    await ask("given up");
    await owner`update outbox set dead_at = app_now() where dedup_key = 'given up'`;
    await forgetAfter("29 days");
    expect(await countOf("outbox")).toBe(2);
    await forgetAfter("31 days");
    expect(await owner`select dedup_key from outbox`).toEqual([{ dedup_key: "given up" }]);
  });
});

describe("what signing in and asking leave behind", () => {
  it("goes a day after it says nothing any more", async () => {
    await clock.reset();
    const userId = await createPerson(db);
    await owner`insert into users (id, name, email) values (${userId}, 'A', ${`${userId}@example.com`})
      on conflict (id) do nothing`;
    await owner`
      insert into sessions (id, token, user_id, expires_at)
      values (${newId("user")}, ${newId("user")}, ${userId}, now() + interval '7 days')`;
    await owner`
      insert into verifications (id, identifier, value, expires_at)
      values (${newId("user")}, 'x', 'x', now() + interval '1 hour')`;
    await owner`
      insert into auth_rate_limits (id, key, count, last_request)
      values (${newId("user")}, 'x', 1, extract(epoch from now()) * 1000)`;
    await takeRateToken(db, { key: "x", count: 1, seconds: 60 });
    const counts = () =>
      Promise.all(["sessions", "verifications", "auth_rate_limits", "rate_buckets"].map(countOf));
    await forgetAfter("23 hours");
    const [, , , buckets] = await counts();
    expect(await counts()).toEqual([1, 1, 1, buckets]);
    await forgetAfter("25 hours 5 minutes");
    expect(await counts()).toEqual([1, 0, 0, 0]);
    await forgetAfter("8 days 1 minute");
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });
});

describe("any number of rows", () => {
  it("go in batches, and each once when many instances choose at once", async () => {
    await clock.reset();
    await owner`delete from outbox`;
    await owner`
      insert into outbox (topic, dedup_key, payload, due_at, created_at, done_at)
      select 'remove_asset', 'old:' || n, '{}'::text::jsonb, app_now(), app_now(), app_now() - interval '40 days'
        from generate_series(1, 500) as n`;
    const batch = () => forgetOldRows(db, { keyDays: 7, traceDays: 30, limit: 100 });
    expect((await batch()).forgotten).toBe(100);
    let forgotten = 100;
    for (let round = 0; round < 4; round++) {
      const counts = await Promise.all(Array.from({ length: 8 }, batch));
      forgotten = counts.reduce((sum, { forgotten: count }) => sum + count, forgotten);
    }
    expect({ forgotten, left: await countOf("outbox") }).toEqual({ forgotten: 500, left: 0 });
  });
});
