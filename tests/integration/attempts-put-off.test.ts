import { describe, expect, it } from "vitest";
import {
  applyPrediction,
  beginDispatch,
  cancelGeneration,
  delayAttempt,
  noteEmptyListing,
  noteGatewayLog,
} from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { endGeneration, newPredictionId, reach, type Scene, word } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

const attemptsOf = async (id: string) => [
  ...(await owner`select number, state from attempts where generation_id = ${id} order by number`),
];

function say(scene: Pick<Scene, "tokenHash" | "predictionId">, status: string) {
  return applyPrediction(db, {
    prediction: word(scene.predictionId, status),
    tokenHash: scene.tokenHash,
    source: "webhook",
  });
}

describe("an attempt that was put off", () => {
  it("waits its time and is sent again under its own number, with a new token alone", async () => {
    const userId = await createPerson(db);
    await clock.stop();
    const { id, tokenHash } = await reach(db, userId, "dispatching");
    const step = { generationId: id, number: 1, tokenHash, delaySeconds: 30, detail: "429" };
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

  it("[F-65] and was sent again is not put off by the word of the create before it, said once more", async () => {
    const { id, tokenHash } = await reach(db, await createPerson(db), "dispatching");
    const step = { generationId: id, number: 1, tokenHash, delaySeconds: 1, detail: "429" };
    expect(await delayAttempt(db, step)).toMatchObject({ outcome: "delayed" });
    expect(await delayAttempt(db, step)).toEqual({ outcome: "already", state: "reserved" });
    await beginDispatch(db, { generationId: id, tokenHash: createAttemptToken().tokenHash });
    expect(await delayAttempt(db, step)).toEqual({ outcome: "already", state: "dispatching" });
    expect(await attemptsOf(id)).toEqual([{ number: 1, state: "sent" }]);
    await endGeneration(db, id);
  });

  it("is put off by its number alone where the release before says so", async () => {
    const { id } = await reach(db, await createPerson(db), "dispatching");
    const [row] = await db.$client`select delay_attempt(${id}, 1, 1, '429') as result`;
    expect(row?.result).toMatchObject({ outcome: "delayed" });
    await endGeneration(db, id);
  });

  it("and is sent again keeps nothing of the answer that put it off", async () => {
    const { id, tokenHash } = await reach(db, await createPerson(db), "unknown");
    await noteEmptyListing(db, { generationId: id, number: 1, seen: 0 });
    await noteGatewayLog(db, { generationId: id, number: 1, logId: "01OF429" });
    await delayAttempt(db, { generationId: id, number: 1, tokenHash, delaySeconds: 1, detail: "429" });
    const again = { tokenHash: createAttemptToken().tokenHash, predictionId: newPredictionId() };
    await beginDispatch(db, { generationId: id, tokenHash: again.tokenHash });
    const attempt = async () => {
      const [row] = await owner`
        select gateway_log_id as log, answered_at as answered, empty_listings as listings, detail
          from attempts where generation_id = ${id}`;
      return row;
    };
    expect(await attempt()).toEqual({ log: null, answered: null, listings: 0, detail: null });
    // Its webhook overtakes the create's answer, which brings the right one.
    await say(again, "starting");
    const prediction = word(again.predictionId, "starting");
    await applyPrediction(db, {
      prediction,
      tokenHash: again.tokenHash,
      source: "create",
      gatewayLogId: "01OF201",
    });
    expect(await attempt()).toMatchObject({ log: "01OF201" });
    await endGeneration(db, id);
  });

  it("[F-40] and whose create was accepted after all, when another had been sent in its place, is stopped and counted once", async () => {
    const { id, tokenHash } = await reach(db, await createPerson(db), "dispatching");
    await delayAttempt(db, { generationId: id, number: 1, tokenHash, delaySeconds: 1, detail: "429" });
    await beginDispatch(db, { generationId: id, tokenHash: createAttemptToken().tokenHash });
    const predictionId = newPredictionId();
    const answer = () =>
      applyPrediction(db, {
        prediction: { ...word(predictionId, "starting"), keyId: "key-1" },
        tokenHash,
        source: "create",
      });
    expect(await answer()).toEqual({ outcome: "not_ours", isNew: true });
    expect(await answer()).toEqual({ outcome: "not_ours", isNew: false });
    const rows = await owner`
      select topic, payload ->> 'keyId' as key, payload ->> 'kind' as kind, done_at is not null as done from outbox
       where dedup_key in (${`cancel_prediction:${predictionId}`}, ${`leak:extra:${predictionId}`}) order by topic`;
    expect([...rows]).toEqual([
      { topic: "cancel_prediction", key: "key-1", kind: null, done: false },
      { topic: "leak", key: null, kind: "extra", done: true },
    ]);
    expect(await attemptsOf(id)).toEqual([{ number: 1, state: "sent" }]);
    await endGeneration(db, id);
  });

  it("never waits beyond the deadline", async () => {
    const { id, tokenHash } = await reach(db, await createPerson(db), "dispatching");
    await delayAttempt(db, { generationId: id, number: 1, tokenHash, delaySeconds: 86_400, detail: "429" });
    const [row] = await owner`select due_at = deadline_at as is_deadline from generations where id = ${id}`;
    expect(row?.is_deadline).toBe(true);
    await endGeneration(db, id);
  });

  it("ends at once when a cancel came meanwhile", async () => {
    const userId = await createPerson(db);
    const { id, tokenHash } = await reach(db, userId, "dispatching");
    await cancelGeneration(db, { userId, generationId: id });
    const step = { generationId: id, number: 1, tokenHash, delaySeconds: 30, detail: "429" };
    expect(await delayAttempt(db, step)).toMatchObject({ outcome: "settled", reason: "canceled" });
    expect(await delayAttempt(db, step)).toEqual({ outcome: "already", state: "canceled" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});
