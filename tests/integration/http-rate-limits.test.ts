import { describe, expect, it } from "vitest";
import { type Answer, expectEnvelope, openSite } from "@/tests/support/site";

const site = await openSite({
  env: {
    RATE_LIMIT_GENERATE: "3/600",
    RATE_LIMIT_PROMPT: "2/600",
    RATE_LIMIT_TASK: "5/600",
    RATE_LIMIT_AUTH: "6/600",
  },
});

function expectLimited(answer: Answer, secondsMax: number): void {
  expectEnvelope(answer, 429, "rate_limited");
  const wait = Number(answer.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(secondsMax);
}
const statuses = (answers: Answer[]) => answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe("a person's allowance", () => {
  it("of submits is exact at once, tells how long to wait, and is each person's own", async () => {
    const [a, b] = await Promise.all([site.signUp(), site.signUp()]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => site.generate(a)));
    expect(statuses(answers)).toEqual([200, 200, 200, 429, 429, 429]);
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expectLimited(answer, 200);
    }
    expect((await site.generate(b)).status).toBe(200);
  });

  it("of the free model is its own", async () => {
    const person = await site.signUp();
    await Promise.all(Array.from({ length: 3 }, () => site.generate(person)));
    expectLimited(await site.generate(person), 200);
    expect((await site.generate(person, { model: "flux-freeSchnell" })).status).toBe(200);
  });

  it("is not spent by a replay, nor by a request that is not valid", async () => {
    const person = await site.signUp();
    const key = { "idempotency-key": "one-key-for-all" };
    for (let number = 0; number < 5; number++) {
      expect((await site.generate(person, {}, key)).status).toBe(200);
      expect((await site.generate(person, { seed: "x" })).status).toBe(400);
    }
    expect((await site.generate(person)).status).toBe(200);
  });

  it("of prompts is exact", async () => {
    const person = await site.signUp();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => site.ask("/api/prompt", { person, body: { prompt: "a fox" } })),
    );
    expect(statuses(answers)).toEqual([200, 200, 429, 429]);
  });

  it("of reads is exact, whether a task is there or not", async () => {
    const person = await site.signUp();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => site.ask("/api/task", { person, body: { fluxId: "gen_none" } })),
    );
    expect(statuses(answers)).toEqual([404, 404, 404, 404, 404, 429, 429, 429]);
  });
});

describe("an address's allowance of sign-ins", () => {
  it("ends guessing, whatever it calls itself", async () => {
    const answers: Answer[] = [];
    for (let number = 0; number < 12; number++) {
      answers.push(
        await site.ask("/api/auth/sign-in/email", {
          body: { email: "ada@example.com", password: `guess number ${number}` },
          headers: { origin: site.app().url },
        }),
      );
    }
    expect(answers.at(-1)?.status).toBe(429);
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6);
  });
});
