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
    await owner`select payload ->> 'predictionId' as id from outbox where payload ->> 'generationId' = ${id} order by id`
  ).map(({ id: predictionId }) => String(predictionId));

function say(scene: Pick<Scene, "tokenHash" | "predictionId">, status: string) {
  return applyPrediction(db, {
    prediction: word(scene.predictionId, status),
    tokenHash: scene.tokenHash,
    source: "webhook",
  });
}

/** Two empty listings, 181 s after the send. */
async function lose(id: string) {
  await clock.shift("181 seconds");
  await noteEmptyListing(db, id);
  const result = await noteEmptyListing(db, id);
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

describe("an attempt that was put off", () => {
  it("waits its time and is sent again under its own number, with a new token alone", async () => {
    const userId = await createPerson(db);
    await clock.stop();
    const { id, tokenHash } = await reach(db, userId, "dispatching");
    const step = { generationId: id, number: 1, delaySeconds: 30, detail: "429" };
    expect(await delayAttempt(db, step)).toMatchObject({ outcome: "delayed" });
    const [row] = await owner`
      select state, due_at - app_now() = interval '30 seconds' as is_later from generations where id = ${id}`;
    expect(row).toEqual({ state: "reserved", is_later: true });
    await clock.reset();
    const fresh = createAttemptToken().tokenHash;
    expect(await beginDispatch(db, { generationId: id, tokenHash: fresh })).toMatchObject({ number: 1 });
    expect(await attemptsOf(id)).toEqual([{ number: 1, state: "sent" }]);
    expect(await say({ tokenHash, predictionId: newPredictionId() }, "starting")).toEqual({
      outcome: "not_ours",
    });
    await endGeneration(db, id);
  });

  it("never waits beyond the deadline", async () => {
    const { id } = await reach(db, await createPerson(db), "dispatching");
    await delayAttempt(db, { generationId: id, number: 1, delaySeconds: 86_400, detail: "429" });
    const [row] = await owner`select due_at = deadline_at as is_deadline from generations where id = ${id}`;
    expect(row?.is_deadline).toBe(true);
    await endGeneration(db, id);
  });

  it("ends at once when a cancel came meanwhile", async () => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, "dispatching");
    await cancelGeneration(db, { userId, generationId: id });
    const step = { generationId: id, number: 1, delaySeconds: 30, detail: "429" };
    expect(await delayAttempt(db, step)).toMatchObject({ outcome: "settled", reason: "canceled" });
    expect(await delayAttempt(db, step)).toEqual({ outcome: "already", state: "canceled" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});

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
    for (let number = 0; number < 5; number++) {
      expect(await noteEmptyListing(db, id)).toEqual({ outcome: "waiting" });
    }
    await moveTo(179.999);
    expect(await noteEmptyListing(db, id)).toEqual({ outcome: "waiting" });
    await clock.reset();
    await endGeneration(db, id);
    const other = await reach(db, await createPerson(db), "unknown");
    await clock.shift("1 hour");
    expect(await noteEmptyListing(db, other.id)).toEqual({ outcome: "waiting" });
    expect(await noteEmptyListing(db, other.id)).toMatchObject({ outcome: "retried" });
    await clock.reset();
    await endGeneration(db, other.id);
  });

  it("lost twice ends with the hold given back: no third create", async () => {
    const userId = await createPerson(db);
    const { first } = await secondAttempt(userId);
    await markAttemptUnknown(db, { generationId: first.id, detail: "timeout" });
    expect(await lose(first.id)).toMatchObject({ outcome: "settled", reason: "provider_unavailable" });
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
    expect(await noteEmptyListing(db, scene.id)).toEqual({ outcome: "already", state: "running" });
    expect(await markAttemptUnknown(db, { generationId: scene.id, detail: "x" })).toEqual({
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

  it("both failures end it, without waiting for the deadline", async () => {
    const userId = await createPerson(db);
    const { first, second } = await secondAttempt(userId);
    await say(second, "starting");
    expect(await say(first, "failed")).toMatchObject({ outcome: "already" });
    expect(await say(second, "failed")).toMatchObject({ outcome: "settled", reason: "provider_failed" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });

  it("alone, after the next one was refused, decides by its own end", async () => {
    const userId = await createPerson(db);
    const { first } = await secondAttempt(userId);
    await say(first, "starting");
    await rejectAttempt(db, { generationId: first.id, number: 2, reason: "invalid_input", detail: "422" });
    expect(await say(first, "failed")).toMatchObject({ outcome: "settled" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
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
