import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createDb } from "@/db/client";
import { makeRedeemCodes } from "@/db/queries/operations";
import { CreditsResponse, RedeemResponse } from "@/lib/contracts/credits";
import { Receipt } from "@/lib/contracts/receipt";
import { hashCode } from "@/lib/credits/hash-code";
import { newCode } from "@/lib/credits/new-code";
import { expectEnvelope, openSite, withoutSignedCopy } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

const site = await openSite({ env: { RATE_LIMIT_AUTH: "6/600", FREE_MONTHLY_LIMIT: "5" } });
const first = await site.signUp();
// Made an operator a moment after the sign-up; the signed cookie of that minute does not know it yet.
const operator = { ...first, cookie: withoutSignedCopy(first.cookie) };
const ada = await site.signUp();
const eve = await site.signUp();

const redeem = (person: typeof ada, code: unknown) =>
  site.ask("/api/credits/redeem", { person, body: { code } });
async function makeCode(): Promise<string> {
  const db = createDb({ url: site.database.ownerUrl, applicationName: "test", poolMax: 1 });
  const code = newCode();
  const by = { actor: "operator:ada", reason: "a test" } as const;
  await makeRedeemCodes(db, { codeHashes: [hashCode(code)], amount: 70, usesMax: 1, expiresAt: null, ...by });
  await db.$client.end();
  return code;
}

describe("the ledger over HTTP", () => {
  const kindsOf = async (query: string) => {
    const kinds: string[] = [];
    let cursor = "";
    do {
      const { json } = await site.ask(`/api/credits?limit=2&${query}${cursor && `&cursor=${cursor}`}`, {
        person: ada,
      });
      const page = CreditsResponse.parse(json);
      kinds.push(...page.entries.map(({ kind }) => kind));
      cursor = page.nextCursor ?? "";
    } while (cursor);
    return kinds;
  };

  it("shows what was spent, what came back and what was given, each alone and page by page", async () => {
    await site.ended(ada, await site.start(ada));
    await site.emulator.faults({ name: "run-failed" });
    for (const _ of [1, 2]) {
      expect(await site.ended(ada, await site.start(ada))).toMatchObject({ status: "failed" });
    }
    await site.emulator.reset();
    const all = await kindsOf("show=all");
    expect(all).toEqual(["release", "reserve", "release", "reserve", "reserve", "grant"]);
    expect(await kindsOf("")).toEqual(all);
    expect(await kindsOf("show=spent")).toEqual(["reserve", "reserve", "reserve"]);
    expect(await kindsOf("show=returned")).toEqual(["release", "release"]);
    expect(await kindsOf("show=given")).toEqual(["grant"]);
    expectEnvelope(await site.ask("/api/credits?show=stolen", { person: ada }), 400, "invalid_request");
    const page = await site.ask("/credits?show=returned", { person: ada });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('data-testid="ledger-sum"');
  });
});

describe("a receipt over HTTP", () => {
  it("is there from the submit on, tells the end, and is nobody else's", async () => {
    const id = await site.start(ada);
    const path = `/api/credits/receipts/${id}`;
    await waitFor(async () => (await site.taskOf(ada, id)).status === "succeeded", { what: "the picture" });
    const own = await site.ask(path, { person: ada });
    expect(own.status).toBe(200);
    expect(Receipt.parse(own.json)).toMatchObject({ id, captured: 5, released: 0, stored: 1 });
    expectEnvelope(await site.ask(path, { person: eve }), 404, "not_found");
    expectEnvelope(await site.ask(path), 401, "unauthenticated");
    expect((await site.ask(path, { person: operator })).status).toBe(200);
    expectEnvelope(await site.ask("/api/credits/receipts/gen_none", { person: ada }), 404, "not_found");
  });

  it("has a page in both languages, for the owner and operators alone", async () => {
    const id = await site.start(ada, { inputPrompt: "a heron on a jetty" });
    await waitFor(async () => (await site.taskOf(ada, id)).status === "succeeded", { what: "the picture" });
    for (const [prefix, words] of [
      ["", "You paid"],
      ["/zh", "实付"],
    ] as const) {
      const path = `${prefix}/credits/receipts/${id}`;
      const page = await site.ask(path, { person: ada });
      expect(page.status).toBe(200);
      expect(page.text).toContain(words);
      expect(page.text).toContain("a heron on a jetty");
      const foreign = await site.ask(path, { person: eve });
      expect(foreign.status).toBe(404);
      expect(foreign.text).not.toContain("heron");
      expect((await site.ask(path, { person: operator })).status).toBe(200);
      expect((await site.ask(path)).status).toBe(307);
    }
  });
});

describe("a code over HTTP", () => {
  it("adds its credits once, and says so", async () => {
    const code = await makeCode();
    const { available } = z
      .object({ available: z.number() })
      .parse((await site.ask("/api/credits", { person: ada })).json);
    const first = await redeem(ada, ` ${code.toLowerCase()} `);
    expect(RedeemResponse.parse(first.json)).toEqual({
      granted: 70,
      grantedBefore: 0,
      available: available + 70,
    });
    expect(RedeemResponse.parse((await redeem(ada, code)).json)).toEqual({
      granted: 0,
      grantedBefore: 70,
      available: available + 70,
    });
    expectEnvelope(await redeem(eve, code), 404, "not_found");
    const ledger = z
      .object({
        entries: z.array(z.looseObject({ kind: z.string(), amount: z.number(), reason: z.string() })),
      })
      .parse((await site.ask("/api/credits", { person: ada })).json);
    expect(ledger.entries[0]).toMatchObject({ kind: "grant", amount: 70, reason: "code" });
  });

  it("that is no code is a 400, and nobody's guess is a 401", async () => {
    for (const code of ["", "abc", "x".repeat(65), 7, null]) {
      expectEnvelope(await redeem(ada, code), 400, "invalid_request");
    }
    expectEnvelope(
      await site.ask("/api/credits/redeem", { body: { code: "AAAA-BBBB" } }),
      401,
      "unauthenticated",
    );
  });

  it("cannot be guessed at: a few tries, then 429 with the time to wait, even for a right one", async () => {
    const code = await makeCode();
    for (let number = 0; number < 5; number++) {
      expectEnvelope(await redeem(eve, newCode()), 404, "not_found");
    }
    const answer = await redeem(eve, code);
    expectEnvelope(answer, 429, "rate_limited");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("an operator's act over HTTP", () => {
  const acts = "/api/ops/acts";
  const as = (person: typeof ada | null, body: object, headers: Record<string, string> = {}) =>
    site.ask(acts, { person, body, headers });
  /** What a visitor and a search engine can tell an address by. */
  const readHead = async (path: string, person: typeof ada | null) => {
    const { status, text } = await site.ask(path, { person });
    return { status, tags: text.match(/<title>[^<]*|<meta name="(?:robots|description)"[^>]*/g) };
  };
  const audited = async (action: string, subject: string) =>
    site.owner`select actor, reason from audit_entries where action = ${action} and subject = ${subject}`;
  const pause = { act: "pause", model: "flux-pro", reason: "The provider is slow; back at 15:00 UTC." };
  const grant = (change: object = {}) => ({
    act: "grant",
    email: ada.email,
    amount: 30,
    reason: "Sorry about Tuesday",
    key: "ticket-17-ada",
    ...change,
  });

  it("is no address at all to everybody else, whatever is asked of it", async () => {
    for (const person of [null, ada]) {
      for (const body of [pause, grant(), {}, "no JSON"]) {
        expectEnvelope(await site.ask(acts, { person, body }), 404, "not_found");
      }
      expectEnvelope(await site.ask(acts, { person }), 404, "not_found");
      expectEnvelope(await as(person, pause, { origin: "https://evil.example" }), 404, "not_found");
      const missing = await readHead("/ops/no-such-page", person);
      expect(missing.status).toBe(404);
      for (const path of [
        "/ops",
        "/ops/tasks",
        "/ops/tasks/gen_none",
        "/ops/users",
        "/ops/users/usr_none",
        "/ops/moderation",
        "/ops/switches",
        "/ops/grants",
        "/ops/codes",
        "/ops/codes/cod_none",
        "/ops/ledger",
        "/ops/webhooks",
      ]) {
        expect({ path, ...(await readHead(path, person)) }).toEqual({ path, ...missing });
      }
      expect(await readHead("/zh/ops/audit", person)).toEqual(await readHead("/zh/no-such-page", person));
    }
  });

  it("is refused from another site, without a reason, or for what there is not", async () => {
    expectEnvelope(await as(operator, pause, { origin: "https://evil.example" }), 403, "forbidden");
    for (const body of [
      { ...pause, reason: "  " },
      grant({ amount: 0 }),
      grant({ more: 1 }),
      { act: "sack" },
    ]) {
      expectEnvelope(await as(operator, body), 400, "invalid_request");
    }
    expectEnvelope(await as(operator, { ...pause, model: "no-model" }), 404, "not_found");
    expectEnvelope(await as(operator, grant({ email: "nobody@example.com" })), 404, "not_found");
    expectEnvelope(
      await as(operator, { act: "refund", generationId: "gen_none", reason: "was black" }),
      404,
      "not_found",
    );
    expectEnvelope(await site.ask(acts, { person: operator }), 405, "method_not_allowed");
    expect(await audited("pause_model", "flux-pro")).toEqual([]);
  });

  it("pauses a model with the sentence that users read, and audits it once", async () => {
    for (const _ of [1, 2]) {
      expect((await as(operator, pause)).json).toEqual({ outcome: "paused" });
    }
    const models = await site.ask("/api/models");
    expect(models.text).toContain(pause.reason);
    expectEnvelope(await site.generate(ada, { model: "flux-pro" }), 503, "model_paused");
    expect((await site.ask("/ops/switches", { person: operator })).text).toContain(pause.reason);
    for (const _ of [1, 2]) {
      expect((await as(operator, { act: "resume", model: "flux-pro" })).json).toEqual({ outcome: "resumed" });
    }
    expect(await audited("pause_model", "flux-pro")).toMatchObject([{ reason: pause.reason }]);
    expect(await audited("resume_model", "flux-pro")).toHaveLength(1);
  });

  it("gives credits once per key, and gives back once what a picture was charged", async () => {
    expect((await as(operator, grant())).json).toEqual({ outcome: "granted" });
    expect((await as(operator, grant())).json).toEqual({ outcome: "already" });
    const id = await site.start(ada);
    await site.ended(ada, id);
    const refund = { act: "refund", generationId: id, reason: "The picture was black" };
    const outcomes = await Promise.all([as(operator, refund), as(operator, refund)]);
    expect(outcomes.map(({ json }) => json)).toEqual(
      expect.arrayContaining([{ outcome: "refunded" }, { outcome: "already" }]),
    );
    expect(await audited("refund", id)).toMatchObject([{ reason: refund.reason }]);
    const log = await site.ask("/ops/audit", { person: operator });
    expect(log.text).toContain("Sorry about Tuesday");
    const file = await site.ask(`/ops/tasks/${id}`, { person: operator });
    expect(file.status).toBe(200);
    expect(file.text).toContain("cf-aig-log-id");
    expect((await site.ask("/ops/tasks?state=succeeded", { person: operator })).text).toContain(id);
    expect((await site.ask("/ops/tasks?state=failed", { person: operator })).text).not.toContain(id);
    const found = await site.ask(`/ops/users?q=${encodeURIComponent(ada.email)}`, { person: operator });
    const userId = /\/ops\/users\/(usr_\w+)/.exec(found.text)?.[1];
    const person = await site.ask(`/ops/users/${userId}`, { person: operator });
    expect(person.status).toBe(200);
    for (const shown of [ada.email, "Sorry about Tuesday", `/ops/tasks/${id}`]) {
      expect(person.text).toContain(shown);
    }
    expect((await site.ask("/ops/users/usr_none", { person: operator })).status).toBe(404);
    expect((await site.ask("/ops/users?q=%00&before=%00", { person: operator })).text).toContain(ada.email);
    expect((await readHead("/ops", operator)).tags).toEqual(
      expect.arrayContaining([expect.stringContaining("<title>Overview")]),
    );
    expect((await site.ask("/zh/ops", { person: operator })).text).toContain("账本核对");
  });
});
