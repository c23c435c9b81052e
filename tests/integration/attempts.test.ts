import { describe, expect, it } from "vitest";
import {
  applyPrediction,
  beginDispatch,
  cancelGeneration,
  delayAttempt,
  finishStoring,
  markAttemptUnknown,
  noteEmptyListing,
  rejectAttempt,
} from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { asset, endGeneration, newPredictionId, reach, type Scene, word } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

const attemptsOf = async (id: string) => [
  ...(await owner`select number, state from attempts where generation_id = ${id} order by number`),
];
const stateOf = async (id: string) =>
  (await owner<{ state: string }[]>`select state from generations where id = ${id}`)[0]?.state;
const stops = async (id: string) =>
  (
    await owner`select payload ->> 'predictionId' as id from outbox
      where topic = 'cancel_prediction' and payload ->> 'generationId' = ${id} order by id`
  ).map(({ id: predictionId }) => String(predictionId));

function say(scene: Pick<Scene, "tokenHash" | "predictionId">, status: string) {
  return applyPrediction(db, {
    prediction: word(scene.predictionId, status),
    tokenHash: scene.tokenHash,
    source: "webhook",
  });
}

const miss = (generationId: string, seen: number, number = 1) =>
  noteEmptyListing(db, { generationId, number, seen });

/** Two empty listings, 181 s after the send. */
async function lose(id: string, number = 1) {
  await clock.shift("181 seconds");
  await miss(id, 0, number);
  const result = await miss(id, 1, number);
  await clock.reset();
  return result;
}

/** A second attempt after the first one was given up as lost. */
async function secondAttempt(userId: string) {
  const first = await reach(db, userId, "unknown");
  expect(await lose(first.id)).toMatchObject({ outcome: "retried" });
  const second = { id: first.id, predictionId: newPredictionId(), tokenHash: createAttemptToken().tokenHash };
  expect(await beginDispatch(db, { generationId: first.id, tokenHash: second.tokenHash })).toMatchObject({
    outcome: "send",
    number: 2,
  });
  return { first, second };
}

describe("an attempt that was refused", () => {
  it("gives the hold back with its reason, once", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "dispatching");
    const step = { generationId: id, number: 1, reason: "invalid_input", detail: "422" };
    expect(await rejectAttempt(db, step)).toMatchObject({ outcome: "settled", reason: "invalid_input" });
    expect(await rejectAttempt(db, step)).toEqual({ outcome: "already", state: "failed" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    expect(await attemptsOf(id)).toEqual([{ number: 1, state: "rejected" }]);
  });

  it("does not end what a webhook has shown to be running", async () => {
    const scene = await reach(db, await createPerson(db), "running");
    const step = { generationId: scene.id, number: 1, reason: "invalid_input", detail: "422" };
    expect(await rejectAttempt(db, step)).toEqual({ outcome: "already", state: "running" });
    await endGeneration(db, scene.id);
  });
});

describe("an attempt without an answer", () => {
  it("is not lost before 180 s, however often it is not listed, nor by one empty listing after them", async () => {
    const moveTo = await clock.stop();
    const { id } = await reach(db, await createPerson(db), "unknown");
    for (let seen = 0; seen < 5; seen++) {
      expect(await miss(id, seen)).toEqual({ outcome: "waiting" });
    }
    await moveTo(179.999);
    expect(await miss(id, 5)).toEqual({ outcome: "waiting" });
    await clock.reset();
    await endGeneration(db, id);
    const other = await reach(db, await createPerson(db), "unknown");
    await clock.shift("1 hour");
    expect(await miss(other.id, 0)).toEqual({ outcome: "waiting" });
    expect(await miss(other.id, 1)).toMatchObject({ outcome: "retried" });
    await clock.reset();
    await endGeneration(db, other.id);
  });

  it("is not lost by one empty listing that is told twice, as when its answer did not come back", async () => {
    const { id } = await reach(db, await createPerson(db), "unknown");
    await clock.shift("1 hour");
    for (let time = 0; time < 3; time++) {
      expect(await miss(id, 0)).toEqual({ outcome: "waiting" });
    }
    const [row] = await owner`select empty_listings as count from attempts where generation_id = ${id}`;
    expect(row).toEqual({ count: 1 });
    expect(await miss(id, 1)).toMatchObject({ outcome: "retried" });
    await clock.reset();
    await endGeneration(db, id);
  });

  it("is not lost by listings of the time before it was sent", async () => {
    const { first } = await secondAttempt(await createPerson(db));
    await markAttemptUnknown(db, { generationId: first.id, number: 2, detail: "timeout" });
    await clock.shift("1 hour");
    for (const seen of [0, 1, 2]) {
      expect(await miss(first.id, seen, 1)).toEqual({ outcome: "waiting" });
    }
    await clock.reset();
    expect(await stateOf(first.id)).toBe("unknown");
    await endGeneration(db, first.id);
  });

  it("[F-65] is not called unanswered by whoever slept over the one before it", async () => {
    const { first } = await secondAttempt(await createPerson(db));
    expect(await markAttemptUnknown(db, { generationId: first.id, number: 1, detail: "timeout" })).toEqual({
      outcome: "already",
      state: "dispatching",
    });
    expect(await attemptsOf(first.id)).toEqual([
      { number: 1, state: "lost" },
      { number: 2, state: "sent" },
    ]);
    await endGeneration(db, first.id);
  });

  it("that is known after all never to have left goes back in line", async () => {
    const { id, tokenHash } = await reach(db, await createPerson(db), "unknown");
    const step = {
      generationId: id,
      number: 1,
      tokenHash,
      delaySeconds: 1,
      detail: "it slept, and sent nothing",
    };
    expect(await delayAttempt(db, step)).toMatchObject({ outcome: "delayed" });
    expect(await attemptsOf(id)).toEqual([{ number: 1, state: "throttled" }]);
    await endGeneration(db, id);
  });

  it("lost twice ends with the hold given back: no third create", async () => {
    const userId = await createPerson(db);
    const { first } = await secondAttempt(userId);
    await markAttemptUnknown(db, { generationId: first.id, number: 2, detail: "timeout" });
    expect(await lose(first.id, 2)).toMatchObject({ outcome: "settled", reason: "provider_unavailable" });
    expect(await attemptsOf(first.id)).toEqual([
      { number: 1, state: "lost" },
      { number: 2, state: "lost" },
    ]);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("whose cancel was asked for is canceled when it is lost", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "unknown");
    expect(await cancelGeneration(db, { userId, generationId: id })).toMatchObject({ outcome: "requested" });
    expect(await lose(id)).toMatchObject({ outcome: "settled", reason: "canceled" });
    expect(await stateOf(id)).toBe("canceled");
  });

  it("is adopted by its token when it speaks, at any time", async () => {
    const scene = await reach(db, await createPerson(db), "unknown");
    expect(await say(scene, "starting")).toMatchObject({ outcome: "running" });
    expect(await miss(scene.id, 0)).toEqual({ outcome: "already", state: "running" });
    expect(await markAttemptUnknown(db, { generationId: scene.id, number: 1, detail: "x" })).toEqual({
      outcome: "already",
      state: "running",
    });
    await endGeneration(db, scene.id);
  });
});

describe("a lost attempt that speaks after all", () => {
  it("while the next one waits in line is adopted, and no second create is sent", async () => {
    const userId = await createPerson(db);
    const first = await reach(db, userId, "unknown");
    await lose(first.id);
    expect(await say(first, "succeeded")).toMatchObject({ outcome: "store" });
    const { tokenHash } = createAttemptToken();
    expect(await beginDispatch(db, { generationId: first.id, tokenHash })).toEqual({
      outcome: "stop",
      state: "storing",
    });
    await endGeneration(db, first.id);
  });

  it("is not sent once more by whoever slept over its loss, while the next one is under way", async () => {
    const { first } = await secondAttempt(await createPerson(db));
    expect(await beginDispatch(db, { generationId: first.id, tokenHash: first.tokenHash })).toEqual({
      outcome: "stop",
      state: "dispatching",
    });
    await endGeneration(db, first.id);
  });

  it("while the next one runs: the first success wins, the other is stopped, one capture", async () => {
    const userId = await createPerson(db);
    const { first, second } = await secondAttempt(userId);
    await say(second, "starting");
    expect(await say(first, "starting")).toMatchObject({ outcome: "running" });
    expect(await say(first, "succeeded")).toMatchObject({ outcome: "store" });
    expect(await stops(first.id)).toEqual([second.predictionId]);
    expect(await say(second, "succeeded")).toMatchObject({ outcome: "already", state: "storing" });
    await finishStoring(db, { generationId: first.id, assets: [asset()] });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 40, held: 0 });
  });

  it.for(["first", "second"] as const)(
    "the %s one's failure leaves the decision to the other",
    async (name) => {
      const userId = await createPerson(db);
      const { first, second } = await secondAttempt(userId);
      await say(second, "starting");
      await say(first, "starting");
      const [failing, other] = name === "first" ? [first, second] : [second, first];
      expect(await say(failing, "failed")).toMatchObject({ outcome: "already", state: "running" });
      expect(await say(failing, "failed")).toMatchObject({ outcome: "already", state: "running" });
      expect(await balanceOf(db, userId)).toMatchObject({ held: 10 });
      expect(await say(other, "succeeded")).toMatchObject({ outcome: "store" });
      await endGeneration(db, first.id);
    },
  );

  it("only to say that it failed moves nothing, and no attempt but its own", async () => {
    const userId = await createPerson(db);
    const { first } = await secondAttempt(userId);
    const other = await reach(db, userId, "running");
    const placeOf = async (id: string) => [
      ...(await owner`
        select g.state, g.due_at, g.tries, (select count(*)::int from generation_events e where e.generation_id = g.id) as events
          from generations g where g.id = ${id}`),
    ];
    const before = await placeOf(first.id);
    expect(await say(first, "failed")).toMatchObject({ outcome: "already", state: "dispatching" });
    expect(await placeOf(first.id)).toEqual(before);
    expect(await attemptsOf(first.id)).toEqual([
      { number: 1, state: "superseded" },
      { number: 2, state: "sent" },
    ]);
    expect(await attemptsOf(other.id)).toEqual([{ number: 1, state: "accepted" }]);
    await endGeneration(db, first.id);
    await endGeneration(db, other.id);
  });

  it("only to say that it failed is not what a cancel stops", async () => {
    const userId = await createPerson(db);
    const { first, second } = await secondAttempt(userId);
    await say(second, "starting");
    await say(first, "failed");
    await cancelGeneration(db, { userId, generationId: first.id });
    expect(await stops(first.id)).toEqual([second.predictionId]);
    await endGeneration(db, first.id);
  });

  it("both failures end it, without waiting for the deadline", async () => {
    const userId = await createPerson(db);
    const { first, second } = await secondAttempt(userId);
    await say(second, "starting");
    expect(await say(first, "failed")).toMatchObject({ outcome: "already" });
    expect(await say(second, "failed")).toMatchObject({ outcome: "settled", reason: "provider_failed" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("is the other one's no more than what is said of it late: nothing changes of either", async () => {
    const { first, second } = await secondAttempt(await createPerson(db));
    const sayLate = async (number: number) => {
      const step = { generationId: first.id, number, detail: "late" };
      return [
        await rejectAttempt(db, { ...step, reason: "internal" }),
        await delayAttempt(db, { ...step, tokenHash: second.tokenHash, delaySeconds: 1 }),
        await markAttemptUnknown(db, step),
      ].map(({ outcome }) => outcome);
    };
    expect(await sayLate(1)).toEqual(["already", "already", "already"]);
    expect(await attemptsOf(first.id)).toEqual([
      { number: 1, state: "lost" },
      { number: 2, state: "sent" },
    ]);
    await say(second, "starting");
    expect(await sayLate(2)).toEqual(["already", "already", "already"]);
    expect(await attemptsOf(first.id)).toMatchObject([{ state: "lost" }, { state: "accepted" }]);
    await endGeneration(db, first.id);
  });

  it("and has failed stays so when the next one is given up, which is that one alone", async () => {
    const other = await reach(db, await createPerson(db), "unknown");
    const { first } = await secondAttempt(await createPerson(db));
    await say(first, "failed");
    await markAttemptUnknown(db, { generationId: first.id, number: 2, detail: "timeout" });
    expect(await lose(first.id, 2)).toMatchObject({ outcome: "settled", reason: "provider_unavailable" });
    expect(await attemptsOf(first.id)).toMatchObject([{ state: "superseded" }, { state: "lost" }]);
    expect(await attemptsOf(other.id)).toMatchObject([{ state: "unknown" }]);
    await endGeneration(db, other.id);
  });

  it("alone, after the next one was refused, decides by its own end", async () => {
    const userId = await createPerson(db);
    const { first } = await secondAttempt(userId);
    await say(first, "starting");
    await rejectAttempt(db, { generationId: first.id, number: 2, reason: "invalid_input", detail: "422" });
    expect(await say(first, "failed")).toMatchObject({ outcome: "settled" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });

  describe("and ends while the next one's create is under way", () => {
    /** The one that was lost runs after all, and the create of the next one has no answer yet. */
    async function firstRuns() {
      const userId = await createPerson(db);
      const { first, second } = await secondAttempt(userId);
      expect(await say(first, "starting")).toMatchObject({ outcome: "running" });
      return { userId, first, second, id: first.id };
    }
    type Scenes = Awaited<ReturnType<typeof firstRuns>>;
    const refuse = ({ id }: Scenes) =>
      rejectAttempt(db, { generationId: id, number: 2, reason: "invalid_input", detail: "422" });
    const putOff = ({ id, second: { tokenHash } }: Scenes) =>
      delayAttempt(db, { generationId: id, number: 2, tokenHash, delaySeconds: 30, detail: "429" });
    const leaveOpen = ({ id }: Scenes) =>
      markAttemptUnknown(db, { generationId: id, number: 2, detail: "timeout" });

    it.for([
      ["refused", refuse, "settled", "failed"],
      ["put off", putOff, "delayed", "reserved"],
      ["left open", leaveOpen, "unknown", "unknown"],
    ] as const)("is over by what that one is: %s", async ([, answer, outcome, state]) => {
      const scenes = await firstRuns();
      expect(await say(scenes.first, "failed")).toMatchObject({ outcome: "already", state: "dispatching" });
      expect(await answer(scenes)).toMatchObject({ outcome });
      expect(await stateOf(scenes.id)).toBe(state);
      await endGeneration(db, scenes.id);
      expect(await balanceOf(db, scenes.userId)).toMatchObject({ available: 50, held: 0 });
    });

    it.for([
      ["refused", refuse, "failed"],
      ["put off", putOff, "reserved"],
      ["left open", leaveOpen, "unknown"],
    ] as const)("is over by what that one was before: %s", async ([, answer, state]) => {
      const scenes = await firstRuns();
      expect(await answer(scenes)).toEqual({ outcome: "already", state: "running" });
      await say(scenes.first, "failed");
      expect(await stateOf(scenes.id)).toBe(state);
      await endGeneration(db, scenes.id);
      expect(await balanceOf(db, scenes.userId)).toMatchObject({ available: 50, held: 0 });
    });

    it("is looked at when that one must have had its answer, and what comes too late moves nothing back", async () => {
      const scenes = await firstRuns();
      await say(scenes.first, "failed");
      expect(await say(scenes.first, "processing")).toMatchObject({
        outcome: "already",
        state: "dispatching",
      });
      const [row] = await owner`
        select g.due_at = a.sent_at + interval '30 seconds' as is_then, g.upstream_status as word
          from generations g join attempts a on a.generation_id = g.id and a.number = 2 where g.id = ${scenes.id}`;
      expect(row).toEqual({ is_then: true, word: null });
      expect(await say(scenes.second, "succeeded")).toMatchObject({ outcome: "store" });
      await endGeneration(db, scenes.id);
    });

    it("ends it at once for somebody who has cancelled, where the next one is certainly nowhere", async () => {
      const scenes = await firstRuns();
      await putOff(scenes);
      await cancelGeneration(db, { userId: scenes.userId, generationId: scenes.id });
      expect(await say(scenes.first, "canceled")).toMatchObject({ outcome: "settled", reason: "canceled" });
      expect(await balanceOf(db, scenes.userId)).toMatchObject({ available: 50, held: 0 });
    });
  });

  it("long after the end costs nothing and is stopped", async () => {
    const userId = await createPerson(db);
    const { first, second } = await secondAttempt(userId);
    await say(second, "failed");
    expect(await say(first, "starting")).toMatchObject({ outcome: "late", state: "failed" });
    expect(await stops(first.id)).toContain(first.predictionId);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});
