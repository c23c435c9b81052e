import { afterEach, describe, expect, it } from "vitest";
import { cancelGeneration } from "@/lib/generation/cancel-generation";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

const studio = await openStudio();
afterEach(() => studio.calm());

async function runUnder(fault: string, change: object = {}) {
  await studio.fault(fault);
  const userId = await studio.person();
  const id = await studio.submit(userId, change);
  await studio.dispatch(id);
  return { id, userId };
}
const cancel = async (userId: string, id: string) => {
  const result = await cancelGeneration(studio.services, { userId, generationId: id });
  await result?.finish(studio.services);
  return result?.task;
};
const refunded = { available: 100, held: 0 };

describe("[F-43] [F-44] a run that does not end well", () => {
  it.for([
    ["run-failed", "provider_failed"],
    ["run-failed-safety", "content_blocked"],
    ["run-failed-sensitive", "content_blocked"],
    ["run-canceled-elsewhere", "provider_canceled"],
    ["run-aborted", "provider_canceled"],
  ] as const)("is given back with its reason: %s", async ([fault, reason]) => {
    const { id, userId } = await runUnder(fault);
    expect(await studio.ended(id)).toMatchObject({ status: "failed", reason, refunded: 5 });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });

  it("gives a free picture back as a free picture", async () => {
    const { id, userId } = await runUnder("run-failed", { model: "flux-freeSchnell" });
    expect(await studio.ended(id)).toMatchObject({ status: "failed", cost: 0, freeUsed: 0 });
    expect(await studio.balanceOf(userId)).toMatchObject({ freeRemaining: 5 });
  });

  it.for(["run-starting-forever", "run-processing-forever"])(
    "[F-42] is given back at its deadline, and stopped upstream: %s",
    async (fault) => {
      const { id, userId } = await runUnder(fault);
      await studio.sweepAt(600);
      expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
      await studio.sweepAt(901);
      expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "timed_out", refunded: 5 });
      await studio.sweepAt(902);
      await studio.finishedUpstream(id);
      expect(await studio.balanceOf(userId)).toMatchObject(refunded);
    },
  );

  it("[F-49] with a status that nobody knows is waited for", async () => {
    const { id } = await runUnder("run-unknown-status");
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
  });

  it("[F-49] that ends with a status that nobody knows is given back at its deadline", async () => {
    const { id, userId } = await runUnder("run-unknown-end");
    const [prediction] = await studio.predictionsOf(id);
    await waitFor(
      async () =>
        (await studio.books()).webhooks.some(
          ({ event, predictionId }) => event === "completed" && predictionId === prediction?.id,
        ),
      { what: "the odd end" },
    );
    await studio.sweepAt(100);
    expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
    await studio.sweepAt(901);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "timed_out" });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });
});

describe("polls, while every webhook is lost", () => {
  it("[F-23] bring the picture home", async () => {
    const { id } = await runUnder("webhook-drop-all");
    await studio.finishedUpstream(id);
    expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
    await studio.sweepAt(6);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
  });

  it.for(["get-404", "get-500", "get-429", "get-malformed", "get-wrong-types"])(
    "[F-50] that find nothing keep trying, and give back at the deadline: %s",
    async (fault) => {
      await studio.fault(fault);
      const { id, userId } = await runUnder("webhook-drop-all");
      await studio.finishedUpstream(id);
      await studio.sweepAt(6);
      expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
      await studio.sweepAt(901);
      expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "timed_out", refunded: 5 });
      expect(await studio.balanceOf(userId)).toMatchObject(refunded);
    },
  );

  it("come too late for a picture that upstream has removed: it is lost, and given back", async () => {
    const { id, userId } = await runUnder("webhook-drop-all");
    await studio.finishedUpstream(id);
    await studio.emulator.clock({ advanceSeconds: 3_700 });
    await studio.sweepAt(60);
    expect(await studio.ended(id)).toMatchObject({ status: "failed", reason: "output_lost", refunded: 5 });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });
});

describe("a cancel", () => {
  it("before anything was sent ends it, and nothing is sent", async () => {
    const userId = await studio.person();
    const id = await studio.submit(userId);
    expect(await cancel(userId, id)).toMatchObject({ status: "canceled", refunded: 5 });
    await studio.dispatch(id);
    expect(await studio.predictionsOf(id)).toEqual([]);
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });

  it.for(["run-starting-forever", "run-processing-forever"])("[F-44] stops the run: %s", async (fault) => {
    const { id, userId } = await runUnder(fault);
    expect(await cancel(userId, id)).toMatchObject({ status: "processing", phase: "stopping" });
    expect(await studio.ended(id)).toMatchObject({ status: "canceled", refunded: 5, reason: null });
    await studio.finishedUpstream(id);
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });

  it("[F-45] that loses keeps the picture, and it is paid", async () => {
    await studio.fault("cancel-too-late");
    const { id, userId } = await runUnder("run-slow");
    await cancel(userId, id);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
    await studio.assertPicturesAreWhole(id);
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 0 });
  });

  it("[F-45] that upstream acknowledges and ignores is a cancel all the same", async () => {
    await studio.fault("cancel-ignored");
    const { id, userId } = await runUnder("run-slow");
    await cancel(userId, id);
    await studio.sweepAt(901);
    expect(["canceled", "succeeded"]).toContain((await studio.ended(id)).status);
    const { available, held } = await studio.balanceOf(userId);
    expect({ adds: [95, 100].includes(available), held }).toEqual({ adds: true, held: 0 });
  });

  it.for(["cancel-500", "cancel-404", "cancel-409"])(
    "[F-46] whose call fails ends at the deadline at the latest: %s",
    async (fault) => {
      await studio.fault(fault);
      const { id, userId } = await runUnder("run-processing-forever");
      await cancel(userId, id);
      expect(await studio.taskOf(id)).toMatchObject({ status: "processing", phase: "stopping" });
      await studio.sweepAt(901);
      expect(await studio.taskOf(id)).toMatchObject({ status: "canceled", refunded: 5 });
      expect(await studio.balanceOf(userId)).toMatchObject(refunded);
    },
  );

  it("[F-46] whose call fails once is passed on by the outbox", async () => {
    await studio.fault("cancel-404", { times: 1 });
    const { id, userId } = await runUnder("run-processing-forever");
    await cancel(userId, id);
    await studio.sweepAt(1);
    expect(await studio.ended(id)).toMatchObject({ status: "canceled", refunded: 5 });
  });

  it("twice, and of four pictures, gives all of them back once", async () => {
    const { id, userId } = await runUnder("run-processing-forever", { numOutputs: 4 });
    await Promise.all([cancel(userId, id), cancel(userId, id), cancel(userId, id)]);
    expect(await studio.ended(id)).toMatchObject({ status: "canceled", refunded: 20 });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });
});
