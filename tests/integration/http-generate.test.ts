import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CreditsResponse } from "@/lib/contracts/credits";
import { TaskList } from "@/lib/contracts/task";
import { expectEnvelope, openSite, type Person, withoutSignedCopy } from "@/tests/support/site";
import { waitFor } from "@/tests/support/wait-for";

const site = await openSite();

const Id = z.looseObject({ id: z.string() });
const idOf = (json: unknown) => Id.parse(json).id;
const credits = async (person: Person, query = "") =>
  CreditsResponse.parse((await site.ask(`/api/credits${query}`, { person })).json);
const spend = (person: Person, amount: number) => site.owner`
  update users set name = name where email = ${person.email} returning (
    select grant_to_account(a.id, 'credit', ${amount}, ${`gift:${person.email}:${amount}`}, 'test', 'gift')
      from ledger_accounts a where a.user_id = users.id and a.kind = 'available' and a.unit = 'credit')`;

describe("a submit", () => {
  it("answers at once with its id, its cost and what is left, and ends as a picture", async () => {
    const person = await site.signUp();
    const answer = await site.generate(person, { model: "flux-dev", numOutputs: 2 });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ status: "processing", cost: 20, balance: 30 });
    expect(idOf(answer.json)).toMatch(/^gen_/);
    const task = await site.ended(person, idOf(answer.json));
    expect(task).toMatchObject({ status: "succeeded", cost: 20, refunded: 0, numOutputs: 2 });
    expect(task.images).toHaveLength(2);
    expect(task.imageUrl).toBe(task.images[0]?.url);
    expect(await credits(person)).toMatchObject({ available: 30, held: 0, freeRemaining: 5 });
  });

  it("that costs too much is 402 with its own code, and says what is there", async () => {
    const person = await site.signUp();
    const envelope = expectEnvelope(
      await site
        .generate(person, { model: "flux-dev", numOutputs: 4 })
        .then(() => site.generate(person, { model: "flux-pro" })),
      402,
      "insufficient_credits",
    );
    expect(envelope).toMatchObject({ code: 1000402, error: "This costs 20 credits; you have 10." });
  });

  it("[F-71] at another price than the caller was told is 409, names the price and holds nothing", async () => {
    const person = await site.signUp();
    const told = (expectedCost: number) => site.generate(person, { model: "flux-dev", expectedCost });
    const envelope = expectEnvelope(await told(9), 409, "price_changed");
    expect(envelope.error).toBe("This costs 10 credits now.");
    expect(await credits(person)).toMatchObject({ available: 50, held: 0, entries: [{ kind: "grant" }] });
    const { json, status } = await told(10);
    expect({ status, json }).toMatchObject({ status: 200, json: { cost: 10, balance: 40 } });
    await site.ended(person, idOf(json));
  });

  it("beyond the month's free pictures is 403 with its own code, and says when there are more", async () => {
    const person = await site.signUp();
    const free = { model: "flux-freeSchnell", numOutputs: 3 };
    expect((await site.generate(person, free)).json).toMatchObject({ cost: 0, balance: 50 });
    const envelope = expectEnvelope(await site.generate(person, free), 403, "monthly_limit");
    expect(envelope.code).toBe(1000403);
    expect(envelope.error).toMatch(/^Free pictures left this month: 2\. The next come on \d{4}-\d{2}-01\.$/);
  });

  it("beyond four at once is 429 with a time to wait", async () => {
    const person = await site.signUp();
    await site.emulator.faults({ name: "run-processing-forever" });
    for (let number = 0; number < 4; number++) {
      expect((await site.generate(person)).status).toBe(200);
    }
    const answer = await site.generate(person);
    expectEnvelope(answer, 429, "too_many_running");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    const { tasks } = TaskList.parse((await site.ask("/api/task", { person })).json);
    for (const { id } of tasks) {
      await site.ask(`/api/task/${id}/cancel`, { method: "POST", person });
      expect(await site.ended(person, id)).toMatchObject({ status: "canceled", refunded: 5 });
    }
    // Not before: the last of them may not have been sent when it is answered.
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
    expect(await credits(person)).toMatchObject({ available: 50, held: 0 });
  });

  it.for([
    ["model", { model: "flux-9" }],
    ["inputPrompt", { inputPrompt: "" }],
    ["numOutputs", { model: "flux-pro", numOutputs: 2 }],
    ["seed", { seed: "7" }],
    ["inputImageUrl", { inputImageUrl: "http://169.254.169.254/latest/meta-data" }],
    ["loraName", { loraName: "koda" }],
    ["writtenPrompt", { writtenPrompt: "" }],
    ["writtenPrompt", { writtenPrompt: "字".repeat(2_001) }],
    ["promptChange", { writtenPrompt: "a fox", promptChange: "none" }],
    ["promptChange", { promptChange: "improved" }],
    ["translate", { translate: "no" }],
  ] as const)("with a bad %s is 400, names it and holds nothing", async ([field, change]) => {
    const person = await site.signUp();
    const { issues } = expectEnvelope(await site.generate(person, change), 400, "invalid_request");
    expect(issues?.map(({ path }) => path)).toContain(field);
    expect(await credits(person)).toMatchObject({ available: 50, held: 0, entries: [{ kind: "grant" }] });
  });
});

describe("an Idempotency-Key", () => {
  const key = { "idempotency-key": "3f2b8c1e-2d64-4b1c-8f0a-1d2e3f4a5b6c" };

  it("[F-11] sent twenty times at once, in any order of fields, is one task and one answer", async () => {
    const person = await site.signUp();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        site.generate(person, index % 2 ? { isPrivate: 1, seed: 7 } : { seed: 7, isPrivate: true }, key),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await credits(person)).toMatchObject({ available: 45 });
    await site.ended(person, idOf(answers[0]?.json));
  });

  it("[F-13] [F-14] with another request is 422, and one person's is not another's", async () => {
    const [a, b] = await Promise.all([site.signUp(), site.signUp()]);
    const first = await site.generate(a, { seed: 7 }, key);
    expectEnvelope(await site.generate(a, { seed: 8 }, key), 422, "idempotency_conflict");
    const other = await site.generate(b, { seed: 8 }, key);
    expect(other.status).toBe(200);
    expect(idOf(other.json)).not.toBe(idOf(first.json));
    await Promise.all([site.ended(a, idOf(first.json)), site.ended(b, idOf(other.json))]);
  });

  it("with the same prompt over another that was written is 422, and with the same one the same task", async () => {
    const person = await site.signUp();
    const headers = { "idempotency-key": "7a1f0c3e-55d2-4d0c-9b57-2f6c1f0e9a11" };
    const change = { inputPrompt: "a red fox in the snow", writtenPrompt: "雪地里的狐狸" };
    const first = await site.generate(person, change, headers);
    expect(idOf((await site.generate(person, change, headers)).json)).toBe(idOf(first.json));
    for (const other of [{ writtenPrompt: "雪地里的狼" }, { promptChange: "edited" }, { translate: false }]) {
      const answer = await site.generate(person, { ...change, ...other }, headers);
      expectEnvelope(answer, 422, "idempotency_conflict");
    }
    expect(await site.ended(person, idOf(first.json))).toMatchObject({
      prompt: "雪地里的狐狸",
      executedPrompt: "a red fox in the snow",
      promptChange: "improved",
    });
  });

  it.for(["short", "x".repeat(129), "with a space in it"])("that is none is 400: %s", async (value) => {
    const person = await site.signUp();
    const { issues } = expectEnvelope(
      await site.generate(person, {}, { "idempotency-key": value }),
      400,
      "invalid_request",
    );
    expect(issues?.[0]?.path).toBe("Idempotency-Key");
  });
});

describe("somebody else's task", () => {
  it("answers in every way as one that does not exist", async () => {
    const [owner, stranger] = await Promise.all([site.signUp(), site.signUp()]);
    const id = await site.start(owner);
    await site.ended(owner, id);
    const missing = id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const ways = (target: string) => [
      site.ask("/api/task", { person: stranger, body: { fluxId: target } }),
      site.ask(`/api/task/${target}/cancel`, { method: "POST", person: stranger }),
      site.ask(`/api/task/${target}`, { method: "DELETE", person: stranger }),
    ];
    const strip = (text: string) => text.replace(/req_\w+/, "");
    const foreign = await Promise.all(ways(id));
    const absent = await Promise.all(ways(missing));
    for (const [index, answer] of foreign.entries()) {
      expectEnvelope(answer, 404, "not_found");
      expect(strip(answer.text)).toBe(strip(absent[index]?.text ?? ""));
    }
    expect((await site.ask("/api/task", { person: stranger })).json).toEqual({ tasks: [], nextCursor: null });
  });

  it.for(["%00", "..%2f..", "gen_%F0%9F%A6%8A", "'%20or%201=1--", "%ED%A0%80"])("nor does %s", async (id) => {
    const person = await site.signUp();
    for (const [method, path] of [
      ["DELETE", `/api/task/${id}`],
      ["POST", `/api/task/${id}/cancel`],
    ] as const) {
      expectEnvelope(await site.ask(path, { method, person }), 404, "not_found");
    }
  });
});

describe("the end of a task", () => {
  it("by cancel gives everything back, and may be asked for twice", async () => {
    const person = await site.signUp();
    await site.emulator.faults({ name: "run-processing-forever", where: { prompt: "to be canceled" } });
    const id = await site.start(person, { inputPrompt: "to be canceled" });
    const first = await site.ask(`/api/task/${id}/cancel`, { method: "POST", person });
    expect(first.status).toBe(200);
    await site.ended(person, id);
    const second = await site.ask(`/api/task/${id}/cancel`, { method: "POST", person });
    expect(second.json).toMatchObject({ id, status: "canceled", refunded: 5 });
  });

  it("may be put into the bin, and a live one may not", async () => {
    const person = await site.signUp();
    await site.emulator.faults({ name: "run-processing-forever", where: { prompt: "still going" } });
    const live = await site.start(person, { inputPrompt: "still going" });
    expectEnvelope(await site.ask(`/api/task/${live}`, { method: "DELETE", person }), 400, "invalid_request");
    await site.ask(`/api/task/${live}/cancel`, { method: "POST", person });
    await site.ended(person, live);
    const deleted = await site.ask(`/api/task/${live}`, { method: "DELETE", person });
    expect({ status: deleted.status, text: deleted.text }).toEqual({ status: 204, text: "" });
    expectEnvelope(await site.ask("/api/task", { person, body: { fluxId: live } }), 404, "not_found");
  });
});

describe("somebody who signs out meanwhile", () => {
  it("[F-81] is told nothing more, and the task ends as it would have", async () => {
    const person = await site.signUp();
    const id = await site.start(person);
    const headers = { origin: site.app().url };
    await site.ask("/api/auth/sign-out", { method: "POST", person, body: {}, headers });
    // Without the copy that reads may trust for a minute, the session is looked up.
    const cookie = withoutSignedCopy(person.cookie);
    const poll = await site.ask("/api/task", { headers: { cookie }, body: { fluxId: id } });
    expectEnvelope(poll, 401, "unauthenticated");
    expectEnvelope(await site.generate(person), 401, "unauthenticated");
    const state = async () =>
      (await site.owner<{ state: string }[]>`select state from generations where id = ${id}`)[0]?.state;
    await waitFor(async () => (await state()) === "succeeded", { what: "its end" });
  });
});

describe("pages", () => {
  it("of tasks and of the ledger have no gaps and no doubles, while new ones arrive", async () => {
    const person = await site.signUp();
    await spend(person, 1_000);
    await site.emulator.faults({ name: "create-422", where: { prompt: "page *" } });
    const ids: string[] = [];
    for (let number = 0; number < 25; number++) {
      const id = await site.start(person, { inputPrompt: `page ${number}` });
      await site.ended(person, id);
      ids.push(id);
    }
    const seen: string[] = [];
    let cursor = "";
    for (let page = 0; page < 20; page++) {
      const list = TaskList.parse((await site.ask(`/api/task?limit=4${cursor}`, { person })).json);
      seen.push(...list.tasks.map(({ id }) => id));
      if (page === 1) {
        const late = await site.start(person, { inputPrompt: "page late" });
        await site.ended(person, late);
      }
      if (list.nextCursor === null) {
        break;
      }
      cursor = `&cursor=${list.nextCursor}`;
    }
    expect(seen).toEqual(ids.toReversed());

    const entries: z.infer<typeof CreditsResponse>["entries"] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page = await credits(person, `?limit=7${after && `&cursor=${after}`}`);
      entries.push(...page.entries);
      after = page.nextCursor;
    }
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries).toHaveLength(2 + 26 * 2);
    for (const [index, entry] of entries.entries()) {
      const older = entries[index + 1];
      expect(entry.balanceAfter).toBe((older?.balanceAfter ?? 0) + entry.amount);
    }
  });

  it.for([
    "/api/task?cursor=none-of-ours",
    `/api/task?cursor=${Buffer.from("2026-02-30T10:00:00Z gen_00000000000000000000000000").toString("base64url")}`,
    `/api/task?cursor=${Buffer.from("2026-99-99T99:99:99Z gen_00000000000000000000000000").toString("base64url")}`,
    "/api/task?cursor=%00",
    "/api/task?limit=0",
    "/api/task?limit=101",
    "/api/task?user=1",
    "/api/credits?cursor=9999999999999999999",
    "/api/credits?cursor=-1",
    "/api/credits?limit=x",
  ])("are asked for properly or refused: %s", async (path) => {
    expectEnvelope(await site.ask(path, { person: await site.signUp() }), 400, "invalid_request");
  });
});
