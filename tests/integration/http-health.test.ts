import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import packageJson from "@/package.json";
import { signWebhook } from "@/tests/support/sign-webhook";
import { expectEnvelope, openSite, type Person } from "@/tests/support/site";
import { timed } from "@/tests/support/timed";
import { waitFor } from "@/tests/support/wait-for";

const site = await openSite();
afterEach(async () => {
  await site.proxy.become("open");
  await healthy();
});

const { version } = packageJson;
const Started = z.looseObject({ id: z.string() });
const healthy = () =>
  waitFor(async () => (await site.ask("/api/health")).status === 200, { what: "the health to come back" });

/** A request to each kind of route that asks the database. */
const everyKind = (person: Person) => {
  const { headers, body } = signWebhook(JSON.stringify({ id: "a".repeat(26), status: "failed" }), {
    secret: site.emulator.credentials.webhookSecret,
  });
  return {
    read: () => site.ask("/api/task", { person }),
    balance: () => site.ask("/api/credits", { person }),
    catalogue: () => site.ask("/api/models"),
    submit: () => site.generate(person),
    picture: () => site.ask("/img/img_none", { person }),
    webhook: () =>
      site.ask("/api/webhooks/replicate", { method: "POST", body, headers: Object.fromEntries(headers) }),
    "sign-in": () =>
      site.ask("/api/auth/sign-in/email", {
        body: { email: person.email, password: "a password that is long enough" },
        headers: { origin: site.app().url },
      }),
  };
};

describe("the health of the app", () => {
  it("is 200 with what it stands on", async () => {
    const { status, json } = await site.ask("/api/health");
    expect(status).toBe(200);
    expect(json).toEqual({
      status: "ok",
      checks: { database: "ok", gateway: "ok", storage: "ok" },
      version,
    });
  });

  it("is 503 within three seconds when PostgreSQL is gone, says so, and comes back with it", async () => {
    await site.proxy.become("gone");
    const limit = { limitMs: 3_000 };
    const { result, ms } = await timed(() => site.ask("/api/health"), limit);
    expect(result.status).toBe(503);
    expect(result.json).toEqual({
      status: "down",
      checks: { database: "down", gateway: "ok", storage: "ok" },
      version,
    });
    expect(ms).toBeLessThan(limit.limitMs);
    const before = async () => {
      await site.proxy.become("gone");
      await site.ask("/api/health");
      await site.proxy.become("open");
    };
    expect((await timed(healthy, { ...limit, before })).ms).toBeLessThan(limit.limitMs);
  });

  it("is 503 within three seconds when PostgreSQL is there and says nothing", async () => {
    await site.proxy.become("silent");
    const { result, ms } = await timed(() => site.ask("/api/health"), { limitMs: 3_000 });
    expect(result.json).toMatchObject({ status: "down", checks: { database: "down" } });
    expect({ status: result.status, isInTime: ms < 3_000 }).toEqual({ status: 503, isInTime: true });
  });
});

describe("while PostgreSQL is gone", () => {
  it("[F-30] every route says 503 and when to come back, in the envelope, and writes nothing", async () => {
    const person = await site.signUp();
    await site.proxy.become("gone");
    for (const [kind, ask] of Object.entries(everyKind(person))) {
      const answer = await ask();
      expectEnvelope(answer, 503, "upstream_unavailable");
      expect({ kind, retryAfter: answer.headers.get("retry-after") }).toEqual({ kind, retryAfter: "2" });
    }
    await site.proxy.become("open");
    await healthy();
    const id = await site.start(person);
    expect(await site.ended(person, id)).toMatchObject({ status: "succeeded" });
    expect((await site.ask("/api/credits", { person })).json).toMatchObject({ available: 45, held: 0 });
  });

  it("[F-62] a server that says nothing is waited for no longer than ten seconds", async () => {
    const person = await site.signUp();
    await site.proxy.become("silent");
    const { read, submit, webhook } = everyKind(person);
    const everything = () => Promise.all([read(), submit(), webhook()]);
    const { result, ms } = await timed(everything, { limitMs: 15_000 });
    for (const answer of result) {
      expectEnvelope(answer, 503, "upstream_unavailable");
    }
    expect(ms).toBeLessThan(15_000);
  });
});

describe("[F-62] a crowd at one person's door", () => {
  it("is refused within the wait for a connection, while webhooks and the health check go on", async () => {
    const person = await site.signUp();
    const { webhook, "sign-in": signIn } = everyKind(person);
    const crowd = await site.signUp();
    // Longer than anybody is let wait.
    const lock = site.owner`
      select pg_sleep(12) from (
        select a.id from ledger_accounts a join users u on u.id = a.user_id
         where u.email = ${crowd.email} and a.kind = 'available' and a.unit = 'credit'
        offset 0 for update of a) held`.execute();
    const isHeld = async () =>
      (
        await site.owner`
      select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
      ).length > 0;
    await waitFor(isHeld, { what: "the lock" });
    let isOver = false;
    const storm = Promise.all(
      Array.from({ length: 60 }, () => timed(() => site.generate(crowd), { limitMs: 10_000 })),
    ).finally(() => {
      isOver = true;
    });
    const acknowledged = await webhook();
    const health = await site.ask("/api/health");
    expect({ isOver, webhook: acknowledged.status, health: health.json }).toMatchObject({
      isOver: false,
      webhook: 200,
      health: { checks: { database: "ok" } },
    });
    // The library that answers it has its own way with errors, which would be a 500.
    expect([200, 503]).toContain((await signIn()).status);
    const answers = (await storm).map(({ result }) => result);
    // One that was among the last to come may find the lock gone.
    const refused = answers.filter(({ status }) => status !== 200 && status !== 429);
    expect(refused.length).toBeGreaterThan(30);
    for (const answer of refused) {
      expectEnvelope(answer, 503, "upstream_unavailable");
      expect(answer.headers.get("retry-after")).toBe("2");
    }
    await lock;
    await healthy();
    const id = await site.start(person);
    expect(await site.ended(person, id)).toMatchObject({ status: "succeeded" });
  });
});

describe("[F-59] a killed backend", () => {
  it("costs nobody a request: every one after it is answered", async () => {
    const person = await site.signUp();
    const { read, balance, catalogue, submit } = everyKind(person);
    for (let round = 0; round < 4; round++) {
      expect(await site.killBackends()).toBeGreaterThan(0);
      const answers = await Promise.all([read(), balance(), catalogue(), submit()]);
      expect(answers.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual([200, 200, 200, 200]);
    }
  });
});

describe("a database that takes nothing more", () => {
  it("[F-73] has every submit refused with 503 and nothing half done, and reads go on", async () => {
    const person = await site.signUp();
    const name = new URL(site.database.ownerUrl).pathname.slice(1);
    const killAll = async () => {
      // A connection that was being opened at that moment still came with the old setting, in whichever lane.
      for (let round = 0; round < 4; round++) {
        await site.killBackends();
        await healthy();
        await Promise.all(Array.from({ length: 8 }, () => site.ask("/api/models")));
      }
    };
    await site.owner`alter database ${site.owner(name)} set default_transaction_read_only = on`;
    try {
      await killAll();
      expectEnvelope(await site.generate(person), 503, "upstream_unavailable");
      expect((await site.ask("/api/models")).status).toBe(200);
    } finally {
      await site.owner`alter database ${site.owner(name)} reset default_transaction_read_only`;
      await killAll();
    }
    expect((await site.ask("/api/task", { person })).json).toEqual({ tasks: [], nextCursor: null });
    expect((await site.ask("/api/credits", { person })).json).toMatchObject({ available: 50, held: 0 });
  });
});

describe("an upstream that refuses our key", () => {
  it("[F-16] has submits refused with 503 and when to come back, before anything is held", async () => {
    const [first, second, third] = await Promise.all([site.signUp(), site.signUp(), site.signUp()]);
    const key = { "idempotency-key": "9c1e5a70-41c6-4a1e-a3a5-0f8f2a6d7b11" };
    const made = await site.generate(third, {}, key);
    await site.ended(third, Started.parse(made.json).id);
    await site.emulator.faults({ name: "create-401" });
    const id = await site.start(first);
    expect(await site.ended(first, id)).toMatchObject({ status: "failed", refunded: 5 });
    const answer = await site.generate(second);
    expectEnvelope(answer, 503, "upstream_unavailable");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await site.ask("/api/credits", { person: second })).json).toMatchObject({
      available: 50,
      held: 0,
      entries: [{ kind: "grant" }],
    });
    // The repeat of a submit whose answer was lost is no new one.
    const { status, json } = await site.generate(third, {}, key);
    expect({ status, json }).toEqual({ status: 200, json: made.json });
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
  });
});

describe("the way to the gateway", () => {
  it("is no reason to be restarted: 200, and the check says down", async () => {
    await site.emulator.stop();
    const { status, json } = await site.ask("/api/health");
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "degraded", checks: { database: "ok", gateway: "down" } });
  });
});
