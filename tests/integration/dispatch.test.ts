import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { findTask } from "@/db/queries/tasks";
import { hashAttemptToken } from "@/lib/generation/attempt-token";
import { dispatchGeneration } from "@/lib/generation/dispatch-generation";
import { toTask } from "@/lib/generation/task-view";
import { endGeneration, newPredictionId, type ReserveOptions, reserveOne } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { createTestServices } from "@/tests/support/services";
import {
  createStubGateway,
  refusedConnection,
  reset,
  type StubAnswer,
  timeout,
} from "@/tests/support/stub-gateway";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

const CreateBody = z.object({ webhook: z.string(), input: z.looseObject({ prompt: z.string() }) });

/** One dispatch of a new generation, over a scripted upstream. */
async function dispatch(script: StubAnswer[], options: ReserveOptions = {}) {
  const userId = await createPerson(db);
  const id = await reserveOne(db, userId, options);
  const { gateway, requests } = createStubGateway(script);
  const services = createTestServices(db, { gateway });
  await dispatchGeneration(services, id);
  const [row] = await owner<Record<string, string | null>[]>`
    select g.state, g.failure_reason as reason, a.state as attempt, a.number, a.prediction_id as "predictionId",
           a.gateway_log_id as "logId", encode(a.token_hash, 'hex') as "tokenHash", g.prompt,
           g.executed_prompt as "executedPrompt", g.prompt_change as "promptChange", extract(epoch from g.due_at - app_now())::int as "dueIn"
      from generations g left join attempts a on a.generation_id = g.id where g.id = ${id} order by a.number desc`;
  return { id, userId, row, requests, services };
}
const accepted = (id = newPredictionId()) => ({
  status: 201,
  body: { id, status: "starting" },
  headers: { "cf-aig-log-id": "01LOG" },
});
/** The task as its person sees it. */
async function viewOf(userId: string, generationId: string) {
  const row = await findTask(db, { userId, generationId });
  return row && toTask(row);
}
const detail = (status: number, more: object = {}) => ({ status, body: { detail: "d", ...more } });
/** The prompt of the newest create. */
const sentPrompt = (requests: { body?: string | undefined }[]): unknown =>
  CreateBody.parse(JSON.parse(requests.at(-1)?.body ?? "")).input.prompt;
const say = (text: string) => ({
  body: { candidates: [{ content: { parts: [{ text }] }, finishReason: "STOP" }] },
});

describe("a dispatch that is accepted", () => {
  it("binds the prediction to the attempt, with the gateway's log row, and is polled soon", async () => {
    const predictionId = newPredictionId();
    const { id, row } = await dispatch([accepted(predictionId)]);
    expect(row).toMatchObject({ state: "running", attempt: "accepted", predictionId, logId: "01LOG" });
    expect(Number(row?.dueIn)).toBeLessThanOrEqual(5);
    await endGeneration(db, id);
  });

  it("gives the provider an address whose token is kept as a hash alone", async () => {
    const { id, row, requests } = await dispatch([accepted()]);
    const { webhook } = CreateBody.parse(JSON.parse(requests[0]?.body ?? ""));
    const token = new URL(webhook).searchParams.get("attempt") ?? "";
    expect(hashAttemptToken(token).toString("hex")).toBe(row?.tokenHash);
    const [leak] = await owner`
      select count(*)::int as count from attempts a, generations g
       where a::text like ${`%${token}%`} or g::text like ${`%${token}%`}`;
    expect(leak?.count).toBe(0);
    await endGeneration(db, id);
  });

  it("names its cost by the catalogue, and itself by opaque ids alone", async () => {
    const { id, userId, requests } = await dispatch([accepted()], { request: { outputCount: 3 } });
    const headers = requests[0]?.headers ?? {};
    expect(JSON.parse(headers["cf-aig-custom-cost"] ?? "")).toEqual({ total_cost: 0.075 });
    expect(JSON.parse(headers["cf-aig-metadata"] ?? "")).toEqual({
      generation: id,
      attempt: 1,
      model: "flux-dev",
    });
    expect(headers["cf-aig-metadata"]).not.toContain(userId);
    await endGeneration(db, id);
  });

  it("is sent once, when twenty processes try", async () => {
    const userId = await createPerson(db);
    const id = await reserveOne(db, userId);
    const { gateway, requests } = createStubGateway([accepted()]);
    const services = createTestServices(db, { gateway });
    await Promise.all(Array.from({ length: 20 }, () => dispatchGeneration(services, id)));
    expect(requests).toHaveLength(1);
    await endGeneration(db, id);
  });
});

describe("a dispatch that is refused", () => {
  it.for([
    ["400", detail(400), "invalid_input"],
    ["422 of the input", detail(422, { invalid_fields: [] }), "invalid_input"],
    ["422 of the version", detail(422), "provider_unavailable"],
    ["401", detail(401), "provider_unavailable"],
    ["402", detail(402), "provider_unavailable"],
    ["403", detail(403), "provider_unavailable"],
    ["404", detail(404), "provider_unavailable"],
    ["the gateway's guardrail", { status: 424, body: { error: [{ code: 2016 }] } }, "content_blocked"],
    ["the gateway's spend limit", { status: 429, body: { error: [{ code: 2041 }] } }, "provider_unavailable"],
    ["a wrong gateway token", { status: 401, body: { error: [{ code: 2009 }] } }, "provider_unavailable"],
    [
      "an answer from a cache",
      { ...accepted(), headers: { "cf-aig-cache-status": "HIT" } },
      "provider_unavailable",
    ],
  ] satisfies [string, StubAnswer, string][])(
    "by %s ends at once and gives everything back",
    async ([, answer, reason]) => {
      const { userId, row, requests } = await dispatch([answer]);
      expect(row).toMatchObject({ state: "failed", reason, attempt: "rejected" });
      expect(requests).toHaveLength(1);
      expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    },
  );

  it("by being answered with another generation's prediction ends, and leaves the other alone", async () => {
    const shared = newPredictionId();
    const first = await dispatch([accepted(shared)]);
    const second = await dispatch([accepted(shared)]);
    expect(second.row).toMatchObject({ state: "failed", reason: "provider_failed" });
    const [row] = await owner`select state from generations where id = ${first.id}`;
    expect(row?.state).toBe("running");
    await endGeneration(db, first.id);
  });
});

describe("a dispatch that is put off", () => {
  it.for([
    ["a 429 for 42 s", detail(429, { retry_after: 42 }), 42],
    ["a 429 for nobody knows how long", detail(429), 10],
    ["nobody listening", refusedConnection(), 10],
  ] satisfies [string, StubAnswer, number][])(
    "by %s goes back in line under the same attempt",
    async ([, answer, seconds]) => {
      await clock.stop();
      const { id, row, services } = await dispatch([answer]);
      await clock.reset();
      expect(row).toMatchObject({ state: "reserved", attempt: "throttled", number: 1 });
      expect(Math.abs(Number(row?.dueIn) - seconds)).toBeLessThanOrEqual(1);
      const { gateway } = createStubGateway([accepted()]);
      await dispatchGeneration({ ...services, gateway }, id);
      const attempts = await owner`select number, state from attempts where generation_id = ${id}`;
      expect([...attempts]).toEqual([{ number: 1, state: "accepted" }]);
      await endGeneration(db, id);
    },
  );
});

describe("[F-65] a dispatch whose process slept before its request left", () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const chinese = { prompt: "一只狐狸", input: { prompt: "一只狐狸", seed: 7 } };

  /** One that is asleep for so long while its prompt is translated. */
  async function sleepFor(seconds: number) {
    const id = await reserveOne(db, await createPerson(db), { request: chinese });
    const { gateway, requests } = createStubGateway([], {
      answer: ({ url }) => {
        if (url.endsWith("/predictions")) {
          return accepted();
        }
        vi.advanceTimersByTime(seconds * 1_000);
        return say("A fox");
      },
    });
    const services = createTestServices(db, { gateway });
    vi.useFakeTimers({ toFake: ["performance"] });
    await dispatchGeneration(services, id);
    vi.useRealTimers();
    const [row] = await owner`
      select g.state, a.state as attempt from generations g join attempts a on a.generation_id = g.id where g.id = ${id}`;
    return { id, row, sent: requests.filter(({ url }) => url.endsWith("/predictions")).length };
  }

  it("for longer than others wait for its answer sends nothing, and is back in line", async () => {
    const { id, row, sent } = await sleepFor(31);
    expect({ sent, ...row }).toEqual({ sent: 0, state: "reserved", attempt: "throttled" });
    await endGeneration(db, id);
  });

  it("for a moment sends it", async () => {
    const { id, row, sent } = await sleepFor(20);
    expect({ sent, ...row }).toEqual({ sent: 1, state: "running", attempt: "accepted" });
    await endGeneration(db, id);
  });

  it("past its deadline sends nothing", async () => {
    const { id, row, requests } = await dispatch([accepted()], { policy: { deadlineSeconds: 0 } });
    expect(requests).toHaveLength(0);
    expect(row).toMatchObject({ state: "reserved", attempt: "throttled" });
    await endGeneration(db, id);
  });
});

describe("the gateway's log row", () => {
  const headers = { "cf-aig-log-id": "01LOST" };
  it.for([
    ["refused", { ...detail(402), headers }],
    ["put off", { ...detail(429), headers }],
    ["without a readable answer", { status: 201, body: '{"id":"abc', headers }],
    ["unanswered by the provider", { status: 502, body: "<html></html>", headers }],
  ] satisfies [string, StubAnswer][])("is kept with an attempt that is %s", async ([, answer]) => {
    const { id, row } = await dispatch([answer]);
    expect(row).toMatchObject({ logId: "01LOST", number: 1 });
    await endGeneration(db, id);
  });
});

describe("the rate of creates", () => {
  // What the others took of theirs would be owed by the first of these, for as long as it takes to take it.
  const forget = async () => {
    await owner`delete from rate_buckets where key = 'create:replicate'`;
  };
  beforeEach(forget);
  afterEach(async () => {
    await clock.reset();
    await forget();
  });

  it("is one allowance for all instances; who is over it waits in line and loses nothing", async () => {
    const { gateway, requests } = createStubGateway([], { answer: () => accepted() });
    const services = createTestServices(db, { gateway });
    const own = () => ({
      ...services,
      policy: { ...services.policy, createRate: { count: 5, seconds: 60 } },
    });
    const instances = [own(), own()] as const;
    const userId = await createPerson(db, 1_000);
    await clock.stop();
    const ids = await Promise.all(Array.from({ length: 12 }, () => reserveOne(db, userId)));
    await Promise.all(
      ids.map((id, index) => dispatchGeneration(index % 2 === 0 ? instances[0] : instances[1], id)),
    );
    expect(requests).toHaveLength(5);
    const readWaiting = () => owner<{ id: string; dueIn: number; tries: number }[]>`
      select id, tries, extract(epoch from due_at - app_now())::int as "dueIn" from generations
       where user_id = ${userId} and state = 'reserved'`;
    const waiting = await readWaiting();
    expect(waiting).toHaveLength(7);
    expect(waiting.every(({ dueIn, tries }) => dueIn === 12 && tries === 0)).toBe(true);
    // Looked at again and again while it waits, it is not taken for one that kills its process.
    await owner`update generations set tries = 4 where user_id = ${userId} and state = 'reserved'`;
    await Promise.all(waiting.map(({ id }) => dispatchGeneration(instances[0], id)));
    expect((await readWaiting()).map(({ tries }) => tries)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await Promise.all(ids.map((id) => endGeneration(db, id)));
  });
});

describe("a dispatch without an answer", () => {
  it.for([
    ["a reset", reset()],
    ["a timeout", timeout()],
    ["502 as HTML", { status: 502, body: "<html></html>" }],
    ["half of the JSON", { status: 201, body: '{"id":"abc' }],
  ] satisfies [string, StubAnswer][])(
    "after %s is unknown, keeps its hold, and is never sent again by itself",
    async ([, answer]) => {
      const { id, userId, row, requests, services } = await dispatch([answer]);
      expect(row).toMatchObject({ state: "unknown", attempt: "unknown" });
      await dispatchGeneration(services, id);
      expect(requests).toHaveLength(1);
      expect(await balanceOf(db, userId)).toMatchObject({ available: 40, held: 10 });
      await endGeneration(db, id);
    },
  );
});

describe("a prompt that FLUX does not read", () => {
  const chinese = { request: { prompt: "一只狐狸", input: { prompt: "一只狐狸", seed: 7 } } };
  it("is translated on its way, which the person can see", async () => {
    const { id, row, requests } = await dispatch([say("A fox"), accepted()], chinese);
    expect(sentPrompt(requests)).toBe("A fox");
    expect(row).toMatchObject({ executedPrompt: "A fox", promptChange: "translated", state: "running" });
    await endGeneration(db, id);
  });

  it.for([
    ["is blocked", [{ body: { promptFeedback: { blockReason: "SAFETY" } } }]],
    ["is not available", Array.from({ length: 4 }, () => ({ status: 503, body: { error: { code: 503 } } }))],
    ["is empty", [say(" ")]],
    ["has a wrong key", [{ status: 403, body: { error: { code: 403 } } }]],
  ] satisfies [string, StubAnswer[]][])(
    "goes as it was written when its translation %s",
    async ([, answers]) => {
      const { id, userId, row, requests } = await dispatch([...answers, accepted()], chinese);
      expect(sentPrompt(requests)).toBe("一只狐狸");
      expect(row).toMatchObject({ executedPrompt: null, promptChange: "none", state: "running" });
      // Its person is told: it is charged for, and may not be what they meant.
      expect(await viewOf(userId, id)).toMatchObject({ executedPrompt: null, isUntranslated: true });
      await endGeneration(db, id);
    },
  );

  it("is sent as it is, and nobody is asked to translate it, when that was settled at submit", async () => {
    const request = { ...chinese.request, executedPrompt: "一只狐狸" };
    const { id, userId, row, requests } = await dispatch([accepted()], { request });
    expect(requests).toHaveLength(1);
    expect(sentPrompt(requests)).toBe("一只狐狸");
    expect(row).toMatchObject({ executedPrompt: "一只狐狸", promptChange: "none", state: "running" });
    expect(await viewOf(userId, id)).toMatchObject({ isUntranslated: false });
    await endGeneration(db, id);
  });

  it("is translated once, also when the create has to be sent again", async () => {
    const { id, userId, requests } = await dispatch([say("A fox"), detail(429)], chinese);
    expect(requests).toHaveLength(2);
    const again = createStubGateway([accepted()]);
    await dispatchGeneration(createTestServices(db, { gateway: again.gateway }), id);
    expect(again.requests).toHaveLength(1);
    expect(sentPrompt(again.requests)).toBe("A fox");
    expect(await viewOf(userId, id)).toMatchObject({ executedPrompt: "A fox", isUntranslated: false });
    await endGeneration(db, id);
  });

  it("is translated with the create that is sent again, when that of the first did not come", async () => {
    const { id, userId } = await dispatch([say(" "), detail(429)], chinese);
    // Nothing has been sent yet, so there is nothing to tell.
    expect(await viewOf(userId, id)).toMatchObject({ isUntranslated: false });
    const again = createStubGateway([say("A fox"), accepted()]);
    await dispatchGeneration(createTestServices(db, { gateway: again.gateway }), id);
    expect(await viewOf(userId, id)).toMatchObject({ executedPrompt: "A fox", isUntranslated: false });
    await endGeneration(db, id);
  });
});

describe("a proposal that was used", () => {
  const inEnglish = {
    prompt: "一只狐狸",
    input: { prompt: "A red fox", seed: 7 },
    executedPrompt: "A red fox",
  };
  const inChinese = { prompt: "一只狐狸", input: { prompt: "一只红狐狸", seed: 7 }, executedPrompt: null };

  it.for(["improved", "edited"] as const)(
    "and is %s is sent as it is, beside what was written",
    async (promptChange) => {
      const { id, row, requests } = await dispatch([accepted()], { request: { ...inEnglish, promptChange } });
      expect(requests).toHaveLength(1);
      expect(sentPrompt(requests)).toBe("A red fox");
      expect(row).toMatchObject({ prompt: "一只狐狸", executedPrompt: "A red fox", promptChange });
      await endGeneration(db, id);
    },
  );

  it("and is not English is what is translated", async () => {
    const { id, row, requests } = await dispatch([say("A red fox"), accepted()], {
      request: { ...inChinese, promptChange: "improved" },
    });
    expect(requests[0]?.body).toContain("一只红狐狸");
    expect(sentPrompt(requests)).toBe("A red fox");
    expect(row).toMatchObject({
      prompt: "一只狐狸",
      executedPrompt: "A red fox",
      promptChange: "translated",
    });
    await endGeneration(db, id);
  });

  it.for(["improved", "edited"] as const)(
    "and is %s and cannot be translated goes as it was used, which its person can see",
    async (promptChange) => {
      const { id, userId, requests } = await dispatch([say(" "), accepted()], {
        request: { ...inChinese, promptChange },
      });
      expect(sentPrompt(requests)).toBe("一只红狐狸");
      expect(await viewOf(userId, id)).toMatchObject({
        prompt: "一只狐狸",
        executedPrompt: "一只红狐狸",
        promptChange,
        isUntranslated: true,
      });
      await endGeneration(db, id);
    },
  );

  it("and is to be sent in Chinese is no translation that did not come", async () => {
    const { id, userId } = await dispatch([accepted()], {
      request: { ...inChinese, executedPrompt: "一只红狐狸", promptChange: "improved" },
    });
    expect(await viewOf(userId, id)).toMatchObject({ executedPrompt: "一只红狐狸", isUntranslated: false });
    await endGeneration(db, id);
  });
});
