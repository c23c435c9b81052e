import { sql as text } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createDb, type Db } from "@/db/client";
import { callStep, isDatabaseUnavailable, withDatabaseRetries } from "@/db/queries/step";
import { recordDelivery } from "@/db/queries/webhook-deliveries";
import { openDatabaseProxy } from "@/tests/support/database-proxy";
import { endGeneration, reach, reserve, word } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, database, owner } = await openTestLedger();

/** Fails so many times with a SQLSTATE of PostgreSQL's, then answers. */
function failing(state: string, times: number) {
  let tries = 0;
  const answer = callStep(db, z.string(), (sql) =>
    ++tries <= times
      ? sql.unsafe(`do $$ begin raise sqlstate '${state}'; end $$`)
      : sql`select 'done' as result`,
  );
  return { answer, tries: () => tries };
}

describe("[F-62] a client whose connections are all at work", () => {
  const limits = { waitMsMax: 300, silentMsMax: 15_000 };
  const narrow = (poolMax: number) =>
    createDb({ url: database.appUrl, applicationName: "sunprint-narrow", poolMax, limits });
  const failure = (query: Promise<unknown>) =>
    query.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );

  it("refuses as unavailable what has waited too long, once and unsent, and goes on when one is free", async () => {
    const { $client: sql } = narrow(1);
    const slow = sql`select pg_sleep(1)`.execute();
    const startedMs = performance.now();
    const errors = await Promise.all([failure(sql`select 1`), failure(sql.unsafe("select 2"))]);
    const waitedMs = performance.now() - startedMs;
    expect(errors.map(isDatabaseUnavailable)).toEqual([true, true]);
    expect(waitedMs).toBeLessThan(900);
    await slow;
    expect(await sql`select 3 as number`).toEqual([{ number: 3 }]);
    await sql.end();
  });

  it("lets nothing wait behind a slow query while another connection is free", async () => {
    const { $client: sql } = narrow(2);
    await Promise.all([sql`select 1`, sql`select 1`]);
    let isOver = false;
    const slow = sql`select pg_sleep(1.5)`.execute().then(() => {
      isOver = true;
    });
    const quick = await Promise.all(
      Array.from({ length: 50 }, (_, number) => sql<{ n: number }[]>`select ${number}::int as n`),
    );
    expect(isOver).toBe(false);
    expect(quick.map(([row]) => row?.n)).toEqual(Array.from({ length: 50 }, (_, number) => number));
    await slow;
    await sql.end();
  });

  it("has its places back from queries that failed and from connections that were killed", async () => {
    const { $client: sql } = narrow(1);
    for (let round = 0; round < 3; round++) {
      expect(await failure(sql`select 1 / 0`)).toBeInstanceOf(Error);
      const [own] = await withDatabaseRetries(
        async () => sql<{ pid: number }[]>`select pg_backend_pid() as pid`,
      );
      const cut = failure(sql`select pg_sleep(5)`);
      await db.$client`select pg_terminate_backend(${own?.pid ?? 0}, 5000)`;
      expect(isDatabaseUnavailable(await cut)).toBe(true);
    }
    expect(await withDatabaseRetries(async () => sql`select 1 as number`)).toEqual([{ number: 1 }]);
    await sql.end();
  });
});

describe("[F-62] connections over which nothing comes any more, not even their end", () => {
  it("are given up, with what runs on them; what waits goes on over others, under those who hold the client", async () => {
    const proxy = await openDatabaseProxy(database.appUrl);
    const limits = { waitMsMax: 30_000, silentMsMax: 700 };
    const silent = createDb({ url: proxy.url, applicationName: "sunprint-silent", poolMax: 1, limits });
    const sql = silent.$client;
    const door: unknown = Reflect.get(sql, "listen");
    await sql`select 1`;
    proxy.forget();
    const lost = sql`select 1`.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const waiting = silent.execute(text`select 2 as number`);
    expect(isDatabaseUnavailable(await lost)).toBe(true);
    expect(await waiting).toEqual([{ number: 2 }]);
    // By another door, which is how a listener knows that its own is shut.
    expect(Reflect.get(sql, "listen")).not.toBe(door);
    // As before the change: text for JSON and dates.
    const query = text`select '{"a": 1}'::jsonb as json, 'epoch'::timestamptz as at`;
    const [fresh] = await silent.execute(query);
    const [usual] = await db.execute(query);
    expect(fresh).toEqual(usual);
    await sql.end();
    await proxy.stop();
  });
});

describe("[F-63] a step that the database gave up for a moment", () => {
  it.for(["40001", "40P01", "55P03", "57P01"])("is made again after %s, up to four times", async (state) => {
    const healed = failing(state, 3);
    expect(await healed.answer).toBe("done");
    const hopeless = failing(state, 9);
    const error: unknown = await hopeless.answer.catch((thrown: unknown) => thrown);
    expect(hopeless.tries()).toBe(4);
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it.for(["23505", "22P02", "42501", "P0001"])(
    "is not made again after %s, which would stay",
    async (state) => {
      const refused = failing(state, 9);
      const error: unknown = await refused.answer.catch((thrown: unknown) => thrown);
      expect({ tries: refused.tries(), isUnavailable: isDatabaseUnavailable(error) }).toEqual({
        tries: 1,
        isUnavailable: false,
      });
    },
  );

  it("is made again when the driver has neither rows nor an error, and is not told as nothing found", async () => {
    let tries = 0;
    // An empty statement is answered with no rows and no completion, as one of a killed connection may be.
    const answer = callStep(db, z.string().nullish(), (sql) =>
      ++tries < 3 ? sql.unsafe("") : sql`select 'found' as result`,
    );
    expect(await answer).toBe("found");
    const nothing = callStep(db, z.string().nullish(), (sql) => sql`select 'x' as result where false`);
    expect(await nothing).toBeUndefined();
  });

  it("is nobody's empty hands: a read through Drizzle and one of the driver fail as unavailable, too", async () => {
    const reads = [
      () => db.execute(text``),
      async () => db.$client.unsafe("").values(),
      async () => db.$client``,
    ];
    for (const read of reads) {
      expect(isDatabaseUnavailable(await read().catch((thrown: unknown) => thrown))).toBe(true);
    }
    expect(await db.execute(text`select 1 where false`)).toEqual([]);
  });

  it("that waits for somebody's lock is made when that one has gone", async () => {
    const holder = owner`select pg_sleep(2.5) from pg_advisory_xact_lock(42)`.execute();
    const waiting = callStep(
      db,
      z.string(),
      (sql) => sql`select 'done' as result from pg_advisory_xact_lock(42)`,
    );
    expect(await waiting).toBe("done");
    await holder;
  });
});

describe("[F-10] a commit whose answer is cut off is found done, and done once", () => {
  const movements = async (id: string) =>
    (
      await owner<{ kind: string }[]>`
        select kind from ledger_transactions where generation_id = ${id} order by created_at, kind desc`
    ).map(({ kind }) => kind);

  /** Every step goes over one connection, which is cut after that door's next commit. */
  async function cutAfter<T>(door: string, act: (through: Db) => Promise<T>): Promise<T> {
    const proxy = await openDatabaseProxy(database.appUrl);
    const through = createDb({ url: proxy.url, applicationName: "sunprint-cut", poolMax: 1 });
    try {
      const swallowed = proxy.swallowAnswerTo(door);
      const result = await act(through);
      await swallowed;
      return result;
    } finally {
      await through.$client.end({ timeout: 1 });
      await proxy.stop();
    }
  }

  it("of a submit", async () => {
    const userId = await createPerson(db, 10);
    const result = await cutAfter("reserve_generation", (through) => reserve(through, userId));
    expect(result).toMatchObject({ outcome: "replayed", cost: 10, balance: 0 });
    const id = result.outcome === "replayed" ? result.id : "";
    expect(await movements(id)).toEqual(["reserve"]);
    await endGeneration(db, id);
  });

  it.for(["begin_dispatch", "apply_prediction", "finish_storing"])("of %s", async (door) => {
    const userId = await createPerson(db, 10);
    const { id } = await cutAfter(door, (through) => reach(through, userId, "succeeded"));
    const [row] =
      await owner`select state, captured_amount::int as captured from generations where id = ${id}`;
    expect(row).toEqual({ state: "succeeded", captured: 10 });
    expect(await movements(id)).toEqual(["reserve", "capture"]);
  });

  it.for(["cancel_generation", "fail_generation"])("of %s", async (door) => {
    const userId = await createPerson(db, 10);
    const { id } = await cutAfter(door, async (through) => {
      const scene = await reach(through, userId, door === "cancel_generation" ? "canceled" : "reserved");
      await endGeneration(through, scene.id);
      return scene;
    });
    expect(await movements(id)).toEqual(["reserve", "release"]);
  });

  it("of a webhook's row, which is then a duplicate of itself and left to the sweeper", async () => {
    const delivery = {
      webhookId: "msg_cut",
      tokenHash: null,
      bodyHash: Buffer.alloc(32),
      prediction: {
        ...word("cut", "starting"),
        webhook: null,
        seed: null,
        promptHash: null,
        createdAt: null,
      },
    };
    const { outcome } = await cutAfter("record_delivery", (through) => recordDelivery(through, delivery));
    expect(outcome).toBe("duplicate");
    const rows = await owner`select webhook_id from webhook_deliveries where processed_at is null`;
    expect([...rows]).toEqual([{ webhook_id: "msg_cut" }]);
  });
});
