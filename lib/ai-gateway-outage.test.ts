import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStubGateway, reset, type StubAnswer, timeout } from "@/tests/support/stub-gateway";
import type { CreateRequest } from "./ai-gateway";

const ID = "gm3qorzdhgbfurvjtvhg6dckhu";
const OUTAGE_MS = 30 * 60_000;
const CREATE: CreateRequest = {
  upstreamModel: "black-forest-labs/flux-schnell",
  input: { prompt: "a fox" },
  webhookUrl: "https://studio.test/api/webhooks/replicate?attempt=token",
  costUsd: 0.003,
  metadata: { generation: "gen_1", attempt: 1, model: "flux-schnell" },
  cancelAfterSeconds: 600,
};

const OUTAGES = [
  ["503", { status: 503, body: { detail: "d", status: 503 } }],
  ["429", { status: 429, body: { detail: "d", status: 429 } }],
  ["502 as HTML", { status: 502, body: "<html></html>" }],
  ["resets", reset()],
  ["silence", timeout()],
] satisfies [string, StubAnswer][];

/** Numbers from 0 to 1 that a seed repeats. */
function createLuck(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Half an hour in which nothing but `answer` comes, after an hour of health; then health again. */
async function liveThrough(answer: StubAnswer, { pauseMs, luck }: { pauseMs: number; luck: () => number }) {
  const healthy: StubAnswer = { body: { id: ID, status: "processing" } };
  let isDown = false;
  const world = createStubGateway([], { random: luck, answer: () => (isDown ? answer : healthy) });
  for (let call = 0; call < 200; call++) {
    world.pass(pauseMs);
    await world.gateway.getPrediction(ID);
  }
  isDown = true;
  const before = world.requests.length;
  const endMs = world.nowMs() + OUTAGE_MS;
  let calls = 0;
  while (world.nowMs() < endMs) {
    world.pass(pauseMs);
    calls += 1;
    await world.gateway.getPrediction(ID).catch(() => {});
  }
  return { world, calls, sent: world.requests.length - before, heal: () => (isDown = false) };
}

describe("[F-48] an outage of half an hour", () => {
  it.for(OUTAGES)(
    "of %s is not answered with more load: at most 1.10 sends a call",
    { timeout: 60_000 },
    async ([, answer]) => {
      const property = fc.asyncProperty(
        fc.integer({ min: 500, max: 15_000 }),
        fc.integer({ min: 1 }),
        async (pauseMs, seed) => {
          const { calls, sent } = await liveThrough(answer, { pauseMs, luck: createLuck(seed) });
          expect(sent / calls).toBeLessThanOrEqual(1.1);
        },
      );
      await fc.assert(property, { numRuns: 6 });
    },
  );

  it.for(OUTAGES)("of %s is over for us within a minute of its end", async ([, answer]) => {
    const { world, heal } = await liveThrough(answer, { pauseMs: 1_000, luck: () => 0.5 });
    heal();
    let answered = 0;
    for (let second = 0; second < 60; second++) {
      world.pass(1_000);
      const prediction = await world.gateway.getPrediction(ID).catch(() => null);
      answered = prediction ? answered + 1 : 0;
    }
    expect(answered).toBeGreaterThanOrEqual(50);
  });

  it("[F-16] stops creates before anything would be held for them, and lets them go again", async () => {
    let isDown = true;
    const world = createStubGateway([], {
      answer: () =>
        isDown ? { status: 503, body: "" } : { status: 201, body: { id: ID, status: "starting" } },
    });
    const outcomes = new Map<string, number>();
    for (let second = 0; second < 600; second++) {
      world.pass(1_000);
      const { kind } = await world.gateway.createPrediction(CREATE);
      outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
    }
    expect(world.gateway.createWaitMs()).toBeGreaterThan(0);
    // An unknown create may run: as few as it takes to see that nothing answers, then one probe each five seconds.
    expect(outcomes.get("unknown")).toBeLessThanOrEqual(20 + 600 / 5);
    expect(world.requests).toHaveLength(outcomes.get("unknown") ?? 0);
    isDown = false;
    let accepted = 0;
    for (let second = 0; second < 120; second++) {
      world.pass(1_000);
      accepted += (await world.gateway.createPrediction(CREATE)).kind === "accepted" ? 1 : 0;
    }
    expect(world.gateway.createWaitMs()).toBe(0);
    expect(accepted).toBeGreaterThan(60);
  });
});
