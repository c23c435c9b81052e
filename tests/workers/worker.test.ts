import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { fireCronOnce } from "@/scripts/launch/workers-app.mjs";
import { openSite } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

// The cron trigger fires only where a test says so.
const site = await openSite({
  hasCron: false,
  emulator: { EMULATOR_SPEED: "4" },
  // One sweep a firing: with a pause as long as this no second one would fit in.
  env: { SWEEP_INTERVAL_SECONDS: "60" },
});

const stateOf = async (id: string) => {
  const [row] = await site.owner<{ state: string }[]>`select state from generations where id = ${id}`;
  return row?.state;
};
const connections = async () => {
  const [row] = await site.owner<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and usename = 'sunprint_app'`;
  return row?.count ?? -1;
};
const fireCron = () => fireCronOnce(Number(new URL(site.app().url).port));

describe("a Worker", () => {
  it("makes a picture from submit to bytes, and charges once", async () => {
    const ada = await site.signUp();
    const id = await site.start(ada);
    const task = await site.ended(ada, id);
    expect(task).toMatchObject({ status: "succeeded", cost: 5, refunded: 0 });
    const response = await fetch(`${site.app().url}${task.imageUrl}`, { headers: { cookie: ada.cookie } });
    expect(response.headers.get("content-type")).toBe("image/webp");
    const { format, width, height } = await sharp(await response.arrayBuffer()).metadata();
    expect({ format, width, height }).toEqual({ format: "webp", width: 1_024, height: 1_024 });
  });

  it("gives its connections back at the end of each request", async () => {
    const ada = await site.signUp();
    await Promise.all(Array.from({ length: 40 }, () => site.ask("/api/credits", { person: ada })));
    await waitFor(async () => (await connections()) === 0, { what: "no connection to be left" });
  });

  it("lets the settings of its role hold, as a pooler lets it set none", async () => {
    const rows = await site.owner<{ setting: string }[]>`
      select setting from pg_roles, unnest(rolconfig) as setting where rolname = 'sunprint_app' order by setting collate "C"`;
    expect(rows.map(({ setting }) => setting)).toEqual([
      "TimeZone=UTC",
      "idle_in_transaction_session_timeout=5s",
      "lock_timeout=2s",
      "statement_timeout=5s",
    ]);
  });

  it("sells no more than a balance pays for, however many ask at once", async () => {
    const ada = await site.signUp();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => site.generate(ada, { model: "flux-pro" })),
    );
    const started = answers.filter(({ status }) => status === 200);
    expect(started).toHaveLength(2);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 402]));
  });

  it("answers one key once, however often it comes at once", async () => {
    const ada = await site.signUp();
    const headers = { "idempotency-key": "the-same-for-all" };
    const answers = await Promise.all(Array.from({ length: 8 }, () => site.generate(ada, {}, headers)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, json: { balance: 45 } });
  });

  it("promises nobody a letter, as it sends none", async () => {
    expect((await site.ask("/reset")).text).toMatch(/<h1[^>]*>This site doesn(?:'|&#x27;)t send e-mail\./);
    const body = { email: "ada@example.com", redirectTo: "/reset" };
    expect(await site.ask("/api/auth/request-password-reset", { body })).toMatchObject({
      status: 400,
      json: { code: "RESET_PASSWORD_DISABLED" },
    });
  });

  it("has neither the image proxy of OpenNext nor Next's", async () => {
    for (const path of [
      "/cdn-cgi/image/width=80/https://example.com/x.png",
      "/_next/image?url=/x&w=640&q=75",
    ]) {
      expect((await site.ask(path)).status, path).toBe(404);
    }
  });

  it.for(["//example.com/x", "/create//example.com", "/\\example.com", "/%2f%2fexample.com"])(
    "sends nobody to another site: %s",
    async (path) => {
      const { headers } = await site.ask(path);
      const leadsTo = new URL(headers.get("location") ?? "/", site.app().url);
      expect(leadsTo.origin).toBe(site.app().url);
    },
  );

  it("that is killed in the middle of a picture is made good by the next tick of the clock", {
    timeout: 150_000,
  }, async () => {
    const ada = await site.signUp();
    const inputPrompt = "a slow one";
    // It is not over before the kill, however long that takes to come.
    const pace = { kind: "pace", starting: 100, processing: 240_000 };
    await site.emulator.faults({ rules: [{ where: { prompt: inputPrompt }, action: pace }] });
    const id = await site.start(ada, { inputPrompt });
    await waitFor(async () => (await stateOf(id)) === "running", { what: "the prediction to run" });
    await site.app().kill();
    // Webhooks go to the address of before: nobody is there.
    await site.restart();
    expect((await site.taskOf(ada, id)).status).toBe("processing");
    await site.emulator.clock({ advanceSeconds: 120 });
    await waitFor(
      async () => {
        await fireCron();
        return (await stateOf(id)) === "succeeded";
      },
      { what: "the clock to make it good", timeoutMs: 90_000 },
    );
    expect(await site.taskOf(ada, id)).toMatchObject({ status: "succeeded", refunded: 0 });
  });
});
