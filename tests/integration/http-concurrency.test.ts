import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CreditsResponse } from "@/lib/contracts/credits";
import { signWebhook } from "@/tests/support/sign-webhook";
import { type Answer, expectEnvelope, openSite, type Person } from "@/tests/support/site";

/** Three pictures of flux-schnell: fewer than may be in the making at once, so that the balance is what refuses. */
const site = await openSite({ env: { SIGNUP_CREDITS: "15", RATE_LIMIT_GENERATE: "100000/60" } });
const SOCKETS = 100;

/** As many at once as there are sockets, until `count` are done. */
async function inParallel(count: number, ask: (index: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      answers.push(await ask(next++));
    }
  };
  await Promise.all(Array.from({ length: SOCKETS }, worker));
  return answers;
}
const count = (answers: Answer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;
const balance = async (person: Person) =>
  CreditsResponse.parse((await site.ask("/api/credits", { person })).json);
const generationsOf = async (person: Person) =>
  (
    await site.owner<{ count: number }[]>`
      select count(*)::int as count from generations g join users u on u.id = g.user_id
       where u.email = ${person.email}`
  )[0]?.count;

describe("[F-11] a hundred submits at once with one Idempotency-Key", () => {
  it("are one generation and one answer", async () => {
    const person = await site.signUp();
    const key = { "idempotency-key": "a-double-click-a-hundred-times" };
    const answers = await inParallel(100, () => site.generate(person, {}, key));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json).toMatchObject({ cost: 5, balance: 10 });
    expect(await generationsOf(person)).toBe(1);
    expect(await balance(person)).toMatchObject({ available: 10 });
    const { id } = z.looseObject({ id: z.string() }).parse(answers[0]?.json);
    expect(await site.ended(person, id)).toMatchObject({ status: "succeeded" });
  });
});

describe("[F-12] a thousand submits at once on a balance for three", () => {
  it("are three generations and 997 times 402, and the balance is nothing, never less", async () => {
    const person = await site.signUp();
    await site.emulator.faults({ name: "run-processing-forever" });
    const answers = await inParallel(1_000, () => site.generate(person));
    expect({ started: count(answers, 200), refused: count(answers, 402) }).toEqual({
      started: 3,
      refused: 997,
    });
    for (const answer of answers.filter(({ status }) => status === 402).slice(0, 20)) {
      expectEnvelope(answer, 402, "insufficient_credits");
    }
    expect(await generationsOf(person)).toBe(3);
    expect(await balance(person)).toMatchObject({ available: 0, held: 15 });
    await fetch(`${site.emulator.url}/_faults`, { method: "DELETE" });
  }, 600_000);
});

describe("[F-32] five hundred deliveries at once", () => {
  it("are each written down once and acknowledged, and submits are served meanwhile", async () => {
    const person = await site.signUp();
    const { webhookSecret: secret } = site.emulator.credentials;
    const storm = inParallel(500, (index) => {
      const id = `burst${String(index % 400).padStart(21, "0")}`;
      const { headers, body } = signWebhook(JSON.stringify({ id, status: "processing" }), {
        secret,
        id: `msg_${id}`,
      });
      return site.ask("/api/webhooks/replicate", {
        method: "POST",
        body,
        headers: Object.fromEntries(headers),
      });
    });
    expect((await site.generate(person)).status).toBe(200);
    const answers = await storm;
    expect(count(answers, 200)).toBe(500);
    const [row] = await site.owner`
      select count(*)::int as count from webhook_deliveries where webhook_id like 'msg_burst%'`;
    expect(row).toEqual({ count: 400 });
  }, 600_000);
});

describe("[F-82] a person whose own line is full", () => {
  it("is refused at four, and keeps nobody else waiting", async () => {
    const [greedy, other] = await Promise.all([site.signUp(), site.signUp()]);
    await site.emulator.faults({ name: "run-processing-forever", where: { prompt: "greedy" } });
    const free = { model: "flux-freeSchnell", inputPrompt: "greedy" };
    let isOver = false;
    const storm = inParallel(400, () => site.generate(greedy, free)).finally(() => {
      isOver = true;
    });
    const id = await site.start(other);
    expect(isOver).toBe(false);
    const answers = await storm;
    expect({ started: count(answers, 200), refused: count(answers, 429) }).toEqual({
      started: 4,
      refused: 396,
    });
    expect(await site.ended(other, id)).toMatchObject({ status: "succeeded" });
  }, 600_000);
});
