import { afterEach, describe, expect, it } from "vitest";
import {
  applyPrediction,
  beginDispatch,
  cancelGeneration,
  delayAttempt,
  deleteGeneration,
  expireGeneration,
  finishLate,
} from "@/db/queries/generations";
import { countLeaks } from "@/db/queries/leaks";
import { releaseForOperator } from "@/db/queries/operations";
import { applyAndFollow } from "@/lib/generation/apply-prediction";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { invariant } from "@/lib/invariant";
import { fromWire } from "@/lib/providers/replicate";
import { asset, endGeneration, reach, type Scene, word } from "@/tests/support/generations";
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
const leaks = async () => (await countLeaks(db)).late ?? 0;
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
    expect(await leaks()).toBe(1);
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
    // Others, that are charged for or came to nothing, have no part in it.
    await reach(db, await studio.person(), "succeeded");
    const other = await expired("running");
    const scene = await expired("unknown");
    for (let number = 0; number < 3; number++) {
      expect(await succeed(scene)).toMatchObject({ outcome: "late", state: "failed" });
    }
    expect(await wanted(scene.id)).toBe(1);
    expect(await wanted(other.id)).toBe(0);
    const store = () => finishLate(db, { generationId: scene.id, assets: [asset()] });
    const outcomes = (await Promise.all([store(), store(), store()])).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual(["already", "already", "stored"]);
    // Nor is it when what was done for it has been forgotten.
    await owner`delete from outbox where dedup_key = ${`store_late:${scene.id}`}`;
    await succeed(scene);
    expect(await wanted(scene.id)).toBe(0);
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

    const failed = await reach(db, userId, "running");
    await cancelGeneration(db, { userId, generationId: failed.id });
    const { predictionId, tokenHash } = failed;
    await applyPrediction(db, { prediction: word(predictionId, "failed"), tokenHash, source: "webhook" });
    expect(await succeed(failed)).toMatchObject({ outcome: "late", state: "failed" });
    expect(await wanted(failed.id)).toBe(0);
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

  describe("is written down as a leak, once, whoever hears of it, also when nobody wants it:", () => {
    const cases: [string, () => Promise<Scene>][] = [
      ["ended by the deadline", () => expired("running")],
      [
        "cancelled",
        async () => {
          const scene = await reach(db, await studio.person(), "running");
          await cancelGeneration(db, { userId: scene.userId, generationId: scene.id });
          await applyPrediction(db, {
            prediction: word(scene.predictionId, "canceled"),
            tokenHash: null,
            source: "cancel",
          });
          return scene;
        },
      ],
      [
        "in the bin",
        async () => {
          const scene = await expired("running");
          await deleteGeneration(db, { userId: scene.userId, generationId: scene.id });
          return scene;
        },
      ],
      [
        "released by an operator",
        async () => {
          const scene = await reach(db, await studio.person(), "running");
          await releaseForOperator(db, {
            generationId: scene.id,
            actor: "operator:usr_1",
            reason: "it hangs",
          });
          return scene;
        },
      ],
      [
        "given up as poisonous",
        async () => {
          const scene = await reach(db, await studio.person(), "running");
          await endGeneration(db, scene.id);
          return scene;
        },
      ],
    ];
    it.for(cases)("[F-21] %s", async ([, end]) => {
      const scene = await end();
      const before = await leaks();
      // The first who hears of it dies before its process could count.
      expect(await succeed(scene)).toMatchObject({ outcome: "late", isLeak: true });
      expect(await succeed(scene)).toMatchObject({ outcome: "late", isLeak: false });
      expect(await leaks()).toBe(before + 1);
      await forget();
    });

    it("[F-21] counted by the process that hears of it first", async () => {
      const { metrics } = studio.services;
      const sample = 'sunprint_create_leaks_total{kind="late"}';
      const scene = await reach(db, await studio.person(), "running");
      await endGeneration(db, scene.id);
      const before = await readMetric(metrics, sample);
      const output = `https://replicate.delivery/${scene.predictionId}/out-0.webp`;
      const prediction = fromWire({ id: scene.predictionId, status: "succeeded", output });
      invariant(prediction, "it is one");
      for (let number = 0; number < 2; number++) {
        await applyAndFollow(studio.services, { prediction, tokenHash: scene.tokenHash, source: "poll" });
      }
      expect(await readMetric(metrics, sample)).toBe(before + 1);
      await forget();
    });

    it("[F-54] made, and not stored by the deadline", async () => {
      const before = await leaks();
      const scene = await expired("storing");
      expect(await leaks()).toBe(before + 1);
      expect(await succeed(scene)).toMatchObject({ outcome: "late", isLeak: false });
      await forget();
    });

    it("made, and released by an operator before it was stored", async () => {
      const before = await leaks();
      const scene = await reach(db, await studio.person(), "storing");
      await releaseForOperator(db, { generationId: scene.id, actor: "operator:usr_1", reason: "it hangs" });
      expect(await leaks()).toBe(before + 1);
      expect(await wanted(scene.id)).toBe(0);
    });

    it("[F-40] as is what a create makes whose attempt another create has taken over", async () => {
      const { metrics } = studio.services;
      const sample = 'sunprint_create_leaks_total{kind="extra"}';
      const { id, tokenHash, predictionId } = await reach(db, await studio.person(), "dispatching");
      await delayAttempt(db, { generationId: id, number: 1, tokenHash, delaySeconds: 1, detail: "429" });
      await beginDispatch(db, { generationId: id, tokenHash: createAttemptToken().tokenHash });
      const prediction = fromWire({ id: predictionId, status: "starting" });
      invariant(prediction, "it is one");
      const before = await readMetric(metrics, sample);
      for (let number = 0; number < 2; number++) {
        await applyAndFollow(studio.services, { prediction, tokenHash, source: "create" });
      }
      expect(await readMetric(metrics, sample)).toBe(before + 1);
      await endGeneration(db, id);
      await forget();
    });

    it("and the picture that was charged for is none", async () => {
      const before = await leaks();
      const scene = await reach(db, await studio.person(), "succeeded");
      expect(await succeed(scene)).toMatchObject({ outcome: "late", state: "succeeded", isLeak: false });
      expect(await leaks()).toBe(before);
    });
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
