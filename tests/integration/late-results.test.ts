import { afterEach, describe, expect, it } from "vitest";
import {
  applyPrediction,
  cancelGeneration,
  deleteGeneration,
  expireGeneration,
  finishLate,
} from "@/db/queries/generations";
import { asset, reach, word } from "@/tests/support/generations";
import { readMetric } from "@/tests/support/read-metric";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

const studio = await openStudio();
afterEach(() => studio.calm());
const { db, owner } = studio;
const refunded = { available: 100, held: 0 };

/** A person whose generation the deadline has ended, with its hold given back. */
async function expired(state: "running" | "storing" | "unknown") {
  const userId = await studio.person();
  const scene = await reach(db, userId, state);
  await studio.clock.shift("901 seconds");
  await expireGeneration(db, scene.id);
  await studio.clock.reset();
  return scene;
}
const wanted = async (id: string) =>
  (await owner`select 1 from outbox where dedup_key = ${`store_late:${id}`}`).length;
const succeed = ({ predictionId, tokenHash }: { predictionId: string; tokenHash: Buffer }) =>
  applyPrediction(db, { prediction: word(predictionId, "succeeded"), tokenHash, source: "webhook" });
/** Nobody fetches these: their addresses lead nowhere. */
const forget = () => owner`update outbox set done_at = now() where done_at is null`;

describe("a picture that comes after the deadline gave the hold back", () => {
  it("[F-21] is stored all the same and offered at no charge, over real HTTP", async () => {
    await studio.fault("webhook-drop-all");
    const userId = await studio.person();
    const id = await studio.submit(userId);
    await studio.dispatch(id);
    await studio.finishedUpstream(id);
    const [prediction] = await studio.predictionsOf(id);
    await studio.clock.shift("901 seconds");
    await expireGeneration(db, id);
    await studio.clock.reset();
    expect(await studio.taskOf(id)).toMatchObject({
      status: "failed",
      reason: "timed_out",
      images: [],
      lateAt: null,
    });
    await applyPrediction(db, {
      prediction: word(prediction?.id ?? "", "succeeded", { outputs: prediction?.outputs ?? [] }),
      tokenHash: null,
      source: "webhook",
    });
    await studio.sweepAt(0);
    await studio.assertPicturesAreWhole(id);
    const task = await studio.taskOf(id);
    expect(task).toMatchObject({ status: "failed", cost: 5, refunded: 5 });
    expect(task.lateAt).not.toBeNull();
    expect(task.images).toHaveLength(1);
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
    expect(await readMetric(studio.services.metrics, 'sunprint_create_leaks_total{kind="late"}')).toBe(1);
  });

  it("[F-54] made in time, but not stored by the deadline, is fetched on for as long as it is there", async () => {
    await studio.fault("file-500");
    const userId = await studio.person();
    const id = await studio.submit(userId);
    await studio.dispatch(id);
    await waitFor(async () => (await studio.stateOf(id)) === "storing", { what: "the storing to begin" });
    await studio.door.settle();
    await studio.sweepAt(901);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "storage_failed", images: [] });
    await studio.calm();
    await studio.sweepAt(960);
    await studio.assertPicturesAreWhole(id);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", refunded: 5, images: [{}] });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });

  it("[F-22] made although upstream had said that it failed, is theirs at no charge", async () => {
    const scene = await reach(db, await studio.person(), "running");
    const say = (status: string) =>
      applyPrediction(db, {
        prediction: word(scene.predictionId, status),
        tokenHash: scene.tokenHash,
        source: "webhook",
      });
    expect(await say("failed")).toMatchObject({ outcome: "settled" });
    expect(await say("succeeded")).toMatchObject({ outcome: "late", state: "failed" });
    expect(await wanted(scene.id)).toBe(1);
    expect(await studio.balanceOf(scene.userId)).toMatchObject(refunded);
    await forget();
  });

  it("[F-21] is wanted once, however often it is said, and stored once", async () => {
    const scene = await expired("unknown");
    for (let number = 0; number < 3; number++) {
      expect(await succeed(scene)).toMatchObject({ outcome: "late", state: "failed" });
    }
    expect(await wanted(scene.id)).toBe(1);
    const store = () => finishLate(db, { generationId: scene.id, assets: [asset()] });
    const outcomes = (await Promise.all([store(), store(), store()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["already", "already", "stored"]);
    await forget();
  });

  it("[F-45] is not kept for somebody who cancelled it", async () => {
    const userId = await studio.person();
    const scene = await reach(db, userId, "running");
    await cancelGeneration(db, { userId, generationId: scene.id });
    await studio.clock.shift("901 seconds");
    await expireGeneration(db, scene.id);
    await studio.clock.reset();
    await succeed(scene);
    expect(await wanted(scene.id)).toBe(0);
    await forget();
  });

  it("is not kept for somebody who put it into the bin meanwhile", async () => {
    const scene = await expired("running");
    await deleteGeneration(db, { userId: scene.userId, generationId: scene.id });
    await succeed(scene);
    expect(await wanted(scene.id)).toBe(0);
    expect(await finishLate(db, { generationId: scene.id, assets: [asset()] })).toMatchObject({
      outcome: "already",
    });
    await forget();
  });

  it("is never charged: nothing but the release is in the ledger", async () => {
    const scene = await expired("running");
    await succeed(scene);
    await finishLate(db, { generationId: scene.id, assets: [asset()] });
    const kinds = await owner`
      select kind from ledger_transactions where generation_id = ${scene.id} order by kind`;
    expect(kinds.map(({ kind }) => String(kind))).toEqual(["release", "reserve"]);
    await forget();
  });

  it("without a picture in it changes nothing", async () => {
    const scene = await expired("running");
    const prediction = word(scene.predictionId, "succeeded", { outputs: [] });
    await applyPrediction(db, { prediction, tokenHash: scene.tokenHash, source: "poll" });
    expect(await wanted(scene.id)).toBe(0);
    expect(await finishLate(db, { generationId: scene.id, assets: [] })).toMatchObject({
      outcome: "already",
    });
    await forget();
  });
});
