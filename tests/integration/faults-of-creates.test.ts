import { afterEach, describe, expect, it } from "vitest";
import { countLeaks } from "@/db/queries/leaks";
import { GenerateRequest } from "@/lib/contracts/generate";
import { startGeneration } from "@/lib/generation/start-generation";
import { readMetric } from "@/tests/support/read-metric";
import { createTestGateway } from "@/tests/support/services";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

/** Upstream's runs go by so many times as fast. */
const SPEED = 40;
const studio = await openStudio({ speed: String(SPEED) });
afterEach(() => studio.calm());

/** A create waits 15 s for its answer; where none comes, it is given up sooner here. */
const SILENT = [
  "create-silence",
  "create-accepted-then-silence",
  "create-headers-then-silence",
  "create-slow-loris",
];
const SILENT_PATIENCE_MS = 2_000;

/** What was counted of what a provider may bill and nobody pays for. */
const leaks = (kind: "extra" | "lost") =>
  readMetric(studio.services.metrics, `sunprint_create_leaks_total{kind="${kind}"}`);

const dispatchUnder = async (fault: string, more: object = {}) => {
  await studio.fault(fault, more);
  const userId = await studio.person();
  const id = await studio.submit(userId);
  const patience = SILENT.includes(fault) ? { patienceMs: SILENT_PATIENCE_MS } : {};
  await studio.dispatch(id, { gateway: createTestGateway({ emulator: studio.emulator, ...patience }) });
  return { id, userId };
};

describe("[F-33] [F-37] [F-38] [F-39] a create that upstream accepted, and whose answer was lost", () => {
  it.for([
    "create-accepted-then-silence",
    "create-accepted-then-reset",
    "create-truncated",
    "create-headers-then-silence",
    "create-slow-loris",
    "create-accepted-then-502",
    "create-504",
    "create-body-empty",
    "create-body-missing-id",
    "create-body-huge",
    "create-body-not-utf8",
    "edge-timeout-page",
    "guardrails-block-answer",
  ])("is adopted by its webhook, never sent again: %s", async (fault) => {
    const { id, userId } = await dispatchUnder(fault, { times: 1 });
    const predictions = await studio.predictionsOf(id);
    expect(predictions.length).toBeLessThanOrEqual(1);
    if (predictions.length === 1) {
      await waitFor(async () => (await studio.stateOf(id)) !== "unknown", { what: "its webhook" });
    } else {
      // The fault struck before the provider: nothing runs, and a second attempt is made after three minutes.
      await studio.sweepAt(11);
      await studio.sweepAt(190);
      await studio.sweepAt(191);
    }
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
    expect(await studio.predictionsOf(id)).toHaveLength(1);
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 0 });
  });

  it("is adopted out of the listing when its webhooks are lost, too", async () => {
    await studio.fault("webhook-drop-all");
    const { id } = await dispatchUnder("create-accepted-then-reset", { times: 1 });
    expect(await studio.stateOf(id)).toBe("unknown");
    await studio.sweepAt(11);
    expect(["running", "storing", "succeeded"]).toContain(await studio.stateOf(id));
    await studio.finishedUpstream(id);
    await studio.sweepAt(180);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    expect(await studio.predictionsOf(id)).toHaveLength(1);
  });

  it("is adopted out of the listing's second page, when a hundred others were made since", async () => {
    await studio.fault("webhook-drop-all");
    const { id } = await dispatchUnder("create-accepted-then-reset", { times: 1 });
    expect(await studio.stateOf(id)).toBe("unknown");
    const gateway = createTestGateway({ emulator: studio.emulator });
    for (let index = 0; index < 105; index++) {
      const outcome = await gateway.createPrediction({
        upstreamModel: "black-forest-labs/flux-schnell",
        input: { prompt: "a hare" },
        webhookUrl: "https://studio.test/api/webhooks/replicate?attempt=another",
        costUsd: 0.003,
        metadata: { generation: "gen_other", attempt: 1, model: "flux-schnell" },
        cancelAfterSeconds: 60,
      });
      expect(outcome.kind).toBe("accepted");
    }
    await studio.sweepAt(11);
    expect(await studio.stateOf(id)).not.toBe("unknown");
    await studio.finishedUpstream(id);
    await studio.sweepAt(180);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    expect(await studio.predictionsOf(id)).toHaveLength(1);
  });

  it("is adopted when the provider shows it in its listing only later", async () => {
    await studio.fault("webhook-drop-all");
    await studio.fault("list-lags", { times: 1 });
    const { id } = await dispatchUnder("create-accepted-then-reset", { times: 1 });
    await studio.sweepAt(11);
    expect(await studio.stateOf(id)).toBe("unknown");
    await studio.sweepAt(60);
    expect(await studio.stateOf(id)).not.toBe("unknown");
    await studio.finishedUpstream(id);
    await studio.sweepAt(180);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    expect(await studio.predictionsOf(id)).toHaveLength(1);
  });
});

describe("[F-34] [F-37] a create that never reached upstream", () => {
  it.for(["create-reset", "create-silence", "create-500", "create-522"])(
    "is found missing and sent once more, three minutes later: %s",
    async (fault) => {
      const { id, userId } = await dispatchUnder(fault, { times: 1 });
      expect(await studio.stateOf(id)).toBe("unknown");
      await studio.sweepAt(11);
      expect(await studio.stateOf(id)).toBe("unknown");
      await studio.sweepAt(190);
      expect(await studio.stateOf(id)).toBe("reserved");
      await studio.sweepAt(191);
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
      expect(await studio.predictionsOf(id)).toHaveLength(1);
      expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 0 });
    },
  );

  it("twice is given back: two are the most, and both are counted", async () => {
    const before = await leaks("lost");
    const { lost = 0 } = await countLeaks(studio.db);
    const { id, userId } = await dispatchUnder("create-reset");
    for (const seconds of [11, 190, 191, 220, 380, 500]) {
      await studio.sweepAt(seconds);
    }
    expect(await studio.taskOf(id)).toMatchObject({
      status: "failed",
      reason: "provider_unavailable",
      refunded: 5,
    });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
    expect(await leaks("lost")).toBe(before + 2);
    expect(await countLeaks(studio.db)).toMatchObject({ lost: lost + 2 });
  });
});

describe("[F-36] a create that upstream refuses", () => {
  it.for([
    ["create-400", "invalid_input"],
    ["create-401", "provider_unavailable"],
    ["create-402", "provider_unavailable"],
    ["create-403", "provider_unavailable"],
    ["create-404", "provider_unavailable"],
    ["create-413", "provider_unavailable"],
    ["create-422", "invalid_input"],
    ["gateway-unauthorized", "provider_unavailable"],
    ["gateway-spend-limit", "provider_unavailable"],
    ["gateway-no-credits", "provider_unavailable"],
    ["gateway-unknown-alias", "provider_unavailable"],
    ["guardrails-block-prompt", "content_blocked"],
    ["edge-blocked", "provider_unavailable"],
  ] as const)("is given back at once with its reason: %s", async ([fault, reason]) => {
    const { id, userId } = await dispatchUnder(fault);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason, refunded: 5 });
    expect(await studio.predictionsOf(id)).toEqual([]);
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
  });
});

describe("[F-16] while upstream refuses our key", () => {
  it("[F-02] [F-11] the repeat of a submit is answered with its generation, and a new one is refused", async () => {
    const userId = await studio.person();
    const request = GenerateRequest.parse({
      model: "flux-schnell",
      inputPrompt: "a fox",
      aspectRatio: "1:1",
    });
    const submit = (idempotencyKey: string) =>
      startGeneration(studio.services, { userId, request, idempotencyKey });
    const first = await submit("the-key-1");
    await studio.fault("create-401");
    await studio.dispatch(await studio.submit(await studio.person()));
    expect(studio.services.gateway.createWaitMs()).toBeGreaterThan(0);
    expect(await submit("the-key-1")).toEqual({ ...first, isReplay: true });
    expect(await submit("the-key-2")).toMatchObject({ kind: "upstream_unavailable" });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 5 });
  });
});

describe("[F-35] a create that upstream puts off", () => {
  it.for(["create-429-body", "create-429-header", "create-429-sentence", "gateway-rate-limited"])(
    "waits in line under the same attempt, and is made when its time comes: %s",
    async (fault) => {
      const { id } = await dispatchUnder(fault, { times: 1 });
      expect(await studio.taskOf(id)).toMatchObject({ status: "processing", phase: "queued" });
      expect(await studio.predictionsOf(id)).toEqual([]);
      await studio.sweepAt(31);
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
      const attempts = await studio.owner`select number, state from attempts where generation_id = ${id}`;
      expect([...attempts]).toEqual([{ number: 1, state: "accepted" }]);
    },
  );

  it("for ever ends at its deadline, with everything given back", async () => {
    const { id, userId } = await dispatchUnder("create-429-body");
    for (const seconds of [10, 60, 300]) {
      await studio.sweepAt(seconds);
      expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
    }
    await studio.sweepSince(id, 899.9);
    expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
    await studio.sweepAt(901);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "timed_out", refunded: 5 });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
  });
});

describe("a gateway that meddles", () => {
  it("[F-40] by doubling a create leaves one picture, and one prediction stopped and counted", async () => {
    const before = await leaks("extra");
    // Both start at once, and go on for five minutes of upstream's clock, which the test moves.
    await studio.emulator.faults({
      rules: [{ action: { kind: "pace", starting: 0, processing: 300_000 * SPEED } }],
    });
    const { id, userId } = await dispatchUnder("gateway-duplicates-creates", { times: 1 });
    expect(await studio.predictionsOf(id)).toHaveLength(2);
    await studio.calm();
    const statuses = async () => (await studio.predictionsOf(id)).map(({ status }) => status).toSorted();
    await waitFor(
      async () => {
        await studio.sweepAt(0);
        return (await statuses()).includes("canceled");
      },
      { what: "one of the two predictions to be stopped" },
    );
    // Once, however often it was spoken of.
    expect(await leaks("extra")).toBe(before + 1);
    expect(await statuses()).toEqual(["canceled", "processing"]);
    await studio.emulator.clock({ advanceSeconds: 301 });
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
    expect(await statuses()).toEqual(["canceled", "succeeded"]);
    await studio.assertPicturesAreWhole(id);
    const pictures = await studio.owner`select 1 from assets where generation_id = ${id}`;
    expect(pictures).toHaveLength(1);
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 0 });
  });

  it("[F-41] by answering out of its cache gives nobody another's picture", async () => {
    const first = await studio.submit(await studio.person());
    await studio.dispatch(first);
    await studio.ended(first);
    const { id, userId } = await dispatchUnder("gateway-replays-creates");
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", refunded: 5 });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
  });

  it("[F-41] that caches by its own settings is asked not to, call by call", async () => {
    await studio.emulator.settings({ gateway: { cache: { isOn: true } } });
    const [a, b] = [await studio.submit(await studio.person()), await studio.submit(await studio.person())];
    await studio.dispatch(a);
    await studio.dispatch(b);
    await Promise.all([studio.ended(a), studio.ended(b)]);
    const [first] = await studio.predictionsOf(a);
    const [second] = await studio.predictionsOf(b);
    expect(first?.id).not.toBe(second?.id);
  });

  it("[F-40] that retries by its own settings does not retry a create", async () => {
    await studio.emulator.settings({ gateway: { retries: { maxAttempts: 5, delayMs: 10 } } });
    const { id } = await dispatchUnder("create-500");
    const { calls } = await studio.books();
    expect(calls.filter(({ operation }) => operation === "replicate.create").at(-1)).toMatchObject({
      attempts: 1,
    });
    await studio.calm();
    await studio.sweepAt(901);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed" });
  });
});
