import { describe, expect, it } from "vitest";
import {
  applyPrediction,
  beginDispatch,
  cancelGeneration,
  deleteGeneration,
  expireGeneration,
  finishStoring,
} from "@/db/queries/generations";
import { binPictures } from "@/db/queries/library";
import { findTask } from "@/db/queries/tasks";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import {
  asset,
  ENDED_STATES,
  endGeneration,
  LIVE_STATES,
  reach,
  type Scene,
  word,
} from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

const say = (scene: Scene, status: string) =>
  applyPrediction(db, {
    prediction: word(scene.predictionId, status),
    tokenHash: scene.tokenHash,
    source: "webhook",
  });
const cancel = ({ id, userId }: Scene) => cancelGeneration(db, { userId, generationId: id });
const rowOf = async (id: string) =>
  (await owner`select state, failure_reason as reason from generations where id = ${id}`)[0];
const stopsOf = async (id: string) =>
  (
    await owner<{ count: number }[]>`select count(*)::int as count from outbox
      where topic = 'cancel_prediction' and payload ->> 'generationId' = ${id}`
  )[0]?.count;

describe("a cancel", () => {
  it("before anything was sent ends it at once, with everything given back", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "reserved");
    expect(await cancel(scene)).toMatchObject({ outcome: "settled", reason: "canceled" });
    expect(await rowOf(scene.id)).toEqual({ state: "canceled", reason: null });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    const { tokenHash } = createAttemptToken();
    expect(await beginDispatch(db, { generationId: scene.id, tokenHash })).toMatchObject({ outcome: "stop" });
  });

  it.for(["dispatching", "unknown"] as const)(
    "of one that is %s waits for the upstream's word",
    async (state) => {
      const userId = await createPerson(db);
      const scene = await reach(db, userId, state);
      expect(await cancel(scene)).toEqual({ outcome: "requested", predictions: [] });
      expect(await say(scene, "starting")).toMatchObject({ outcome: "running", cancel: true });
      expect(await stopsOf(scene.id)).toBe(1);
      expect(await say(scene, "canceled")).toMatchObject({ outcome: "settled", reason: "canceled" });
      expect(await rowOf(scene.id)).toEqual({ state: "canceled", reason: null });
      expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    },
  );

  it("of one that runs names what to stop, and asks the outbox once, however often it is repeated", async () => {
    const scene = await reach(db, await createPerson(db), "running");
    for (let number = 0; number < 3; number++) {
      expect(await cancel(scene)).toEqual({
        outcome: "requested",
        predictions: [{ id: scene.predictionId, keyId: null }],
      });
    }
    expect(await stopsOf(scene.id)).toBe(1);
    await say(scene, "canceled");
  });

  it("that loses against a picture is no cancel: the picture is kept and paid", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "running");
    await cancel(scene);
    expect(await say(scene, "succeeded")).toMatchObject({ outcome: "store" });
    await finishStoring(db, { generationId: scene.id, assets: [asset()] });
    expect(await say(scene, "canceled")).toMatchObject({ outcome: "late", state: "succeeded" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 40, held: 0 });
  });

  it("that loses against a failure ends as the failure, with its reason", async () => {
    const scene = await reach(db, await createPerson(db), "running");
    await cancel(scene);
    await say(scene, "failed");
    expect(await rowOf(scene.id)).toEqual({ state: "failed", reason: "provider_failed" });
  });

  it("while the picture is saved comes too late", async () => {
    const scene = await reach(db, await createPerson(db), "storing");
    expect(await cancel(scene)).toEqual({ outcome: "finishing" });
    await finishStoring(db, { generationId: scene.id, assets: [asset()] });
  });

  it.for(ENDED_STATES)("of one that is %s says so and changes nothing", async (state) => {
    const scene = await reach(db, await createPerson(db), state);
    expect(await cancel(scene)).toEqual({ outcome: "already", state });
  });

  it("of somebody else's, or of one that never was, finds nothing", async () => {
    const scene = await reach(db, await createPerson(db), "reserved");
    const stranger = await createPerson(db);
    expect(await cancel({ ...scene, userId: stranger })).toEqual({ outcome: "not_found" });
    expect(await cancel({ ...scene, id: "gen_none" })).toEqual({ outcome: "not_found" });
    await endGeneration(db, scene.id);
  });

  it("stops its own prediction, and none of another generation's", async () => {
    const userId = await createPerson(db);
    const [scene, other] = [await reach(db, userId, "running"), await reach(db, userId, "running")];
    expect(await cancel(scene)).toMatchObject({ predictions: [{ id: scene.predictionId }] });
    expect(await stopsOf(scene.id)).toBe(1);
    expect(await stopsOf(other.id)).toBe(0);
    await endGeneration(db, scene.id);
    await endGeneration(db, other.id);
  });

  it("racing with the start of its dispatch is either an end before, or a request; never both", async () => {
    for (let number = 0; number < 20; number++) {
      const userId = await createPerson(db);
      const scene = await reach(db, userId, "reserved");
      const { tokenHash } = createAttemptToken();
      const [sent, canceled] = await Promise.all([
        beginDispatch(db, { generationId: scene.id, tokenHash }),
        cancel(scene),
      ]);
      expect(`${sent.outcome} ${canceled.outcome}`).toMatch(/^(stop settled|send requested)$/);
      await endGeneration(db, scene.id);
      expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
    }
  });
});

describe("the deadline", () => {
  it.for(LIVE_STATES)(
    "of one that is %s ends it with everything given back, and not a moment before",
    async (state) => {
      const userId = await createPerson(db);
      const moveTo = await clock.stop();
      const scene = await reach(db, userId, state);
      await moveTo(899.999);
      expect(await expireGeneration(db, scene.id)).toEqual({ outcome: "waiting" });
      await moveTo(900);
      const reason = state === "storing" ? "storage_failed" : "timed_out";
      expect(await expireGeneration(db, scene.id)).toMatchObject({ outcome: "settled", reason });
      expect(await expireGeneration(db, scene.id)).toEqual({ outcome: "already", state: "failed" });
      await clock.reset();
      expect(await rowOf(scene.id)).toEqual({ state: "failed", reason });
      expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
      expect(await stopsOf(scene.id)).toBe(state === "running" || state === "storing" ? 1 : 0);
    },
  );

  it("of one whose cancel was never answered cancels it", async () => {
    const scene = await reach(db, await createPerson(db), "running");
    await cancel(scene);
    await clock.shift("901 seconds");
    expect(await expireGeneration(db, scene.id)).toMatchObject({ reason: "canceled" });
    await clock.reset();
    expect(await rowOf(scene.id)).toEqual({ state: "canceled", reason: null });
  });

  it("[F-21] makes every later word harmless: no second movement, what still runs is stopped", async () => {
    const userId = await createPerson(db);
    const scene = await reach(db, userId, "unknown");
    await clock.shift("901 seconds");
    await expireGeneration(db, scene.id);
    await clock.reset();
    expect(await say(scene, "starting")).toMatchObject({ outcome: "late" });
    expect(await say(scene, "succeeded")).toMatchObject({ outcome: "late" });
    expect(await stopsOf(scene.id)).toBe(1);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50, held: 0 });
  });
});

describe("the bin", () => {
  it.for(ENDED_STATES)(
    "takes what is %s, out of the person's sight, and keeps its movements",
    async (state) => {
      const userId = await createPerson(db);
      const { id } = await reach(db, userId, state);
      const step = { userId, generationId: id };
      const before = await balanceOf(db, userId);
      expect(await deleteGeneration(db, step)).toEqual({ outcome: "deleted" });
      expect(await findTask(db, step)).toBeFalsy();
      expect(await deleteGeneration(db, step)).toEqual({ outcome: "not_found" });
      expect(await cancelGeneration(db, step)).toEqual({ outcome: "not_found" });
      expect(await balanceOf(db, userId)).toEqual(before);
    },
  );

  it.for(LIVE_STATES)("does not take what is %s", async (state) => {
    const userId = await createPerson(db);
    const { id } = await reach(db, userId, state);
    expect(await deleteGeneration(db, { userId, generationId: id })).toEqual({ outcome: "live" });
    await endGeneration(db, id);
  });

  it("takes the pictures of that one alone, and one that was in it already stays as old as it was", async () => {
    const userId = await createPerson(db);
    const [gone, kept] = [
      await reach(db, userId, "succeeded", { request: { outputCount: 2 } }),
      await reach(db, userId, "succeeded"),
    ];
    const binned = async (id: string) =>
      (
        await owner<{ at: string | null }[]>`
        select deleted_at::text as at from assets where generation_id = ${id} order by position`
      ).map(({ at }) => at);
    const [first] = await owner<
      { id: string }[]
    >`select id from assets where generation_id = ${gone.id} and position = 0`;
    await binPictures(db, { userId, imageIds: [first?.id ?? ""], taskIds: [] });
    const [before] = await binned(gone.id);
    expect(before).not.toBeNull();
    await deleteGeneration(db, { userId, generationId: gone.id });
    expect(await binned(gone.id)).toEqual([before, expect.any(String)]);
    expect(await binned(kept.id)).toEqual([null]);
  });

  it("does not take somebody else's", async () => {
    const { id } = await reach(db, await createPerson(db), "failed");
    const stranger = await createPerson(db);
    expect(await deleteGeneration(db, { userId: stranger, generationId: id })).toEqual({
      outcome: "not_found",
    });
  });
});
