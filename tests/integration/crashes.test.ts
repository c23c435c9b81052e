import { afterEach, describe, expect, it } from "vitest";
import { beginDispatch } from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { storeOutputs } from "@/lib/generation/store-outputs";
import { sweep } from "@/lib/reconciliation/sweep";
import { createTestGateway } from "@/tests/support/services";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

// A process that dies is one that does not go on: what follows a step is simply not called here, and then the sweeper of
// another process looks. The real thing, with SIGKILL, is in the tests of the server.

const studio = await openStudio();
afterEach(() => studio.calm());

const paid = { available: 95, held: 0 };
async function submitted() {
  const userId = await studio.person();
  return { userId, id: await studio.submit(userId) };
}
/** Ends well, with one prediction, one picture and one charge. */
async function expectOnePicture({ id, userId }: { id: string; userId: string }): Promise<void> {
  expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
  await studio.assertPicturesAreWhole(id);
  expect(await studio.balanceOf(userId)).toMatchObject(paid);
}

describe("a process that dies", () => {
  it("[F-02] after the answer and before the dispatch: the sweeper dispatches five seconds later", async () => {
    const task = await submitted();
    await studio.sweepSince(task.id, 4.9);
    expect(await studio.predictionsOf(task.id)).toEqual([]);
    await studio.sweepAt(6);
    await expectOnePicture(task);
    expect(await studio.predictionsOf(task.id)).toHaveLength(1);
  });

  it("[F-03] after it began the dispatch and before the request left: sent once more when it is surely lost", async () => {
    const task = await submitted();
    await beginDispatch(studio.db, { generationId: task.id, tokenHash: createAttemptToken().tokenHash });
    await studio.sweepSince(task.id, 29.9);
    expect(await studio.stateOf(task.id)).toBe("dispatching");
    await studio.sweepAt(31);
    expect(await studio.stateOf(task.id)).toBe("unknown");
    for (const seconds of [45, 70, 200, 201]) {
      await studio.sweepAt(seconds);
    }
    await expectOnePicture(task);
    expect(await studio.predictionsOf(task.id)).toHaveLength(1);
  });

  it("[F-04] [F-05] while the request is on its way: its webhook finds the generation, nothing is sent again", async () => {
    const task = await submitted();
    const { gateway } = studio.services;
    // The create reaches upstream; its answer reaches nobody.
    const lost = new Proxy(gateway, {
      get: (target, name): unknown =>
        name === "createPrediction"
          ? async (request: Parameters<typeof gateway.createPrediction>[0]) => {
              await target.createPrediction(request);
              throw new Error("the process is gone");
            }
          : Reflect.get(target, name, target),
    });
    await expect(studio.dispatch(task.id, { gateway: lost })).rejects.toThrow("the process is gone");
    await expectOnePicture(task);
    expect(await studio.predictionsOf(task.id)).toHaveLength(1);
  });

  it("[F-04] while the request is on its way, and every webhook is lost: the listing finds it", async () => {
    await studio.fault("webhook-drop-all");
    await studio.fault("create-accepted-then-silence", { times: 1 });
    const task = await submitted();
    // The policy's patience is 15 s.
    const gateway = createTestGateway({ emulator: studio.emulator, patienceMs: 2_000 });
    await studio.dispatch(task.id, { gateway });
    await studio.finishedUpstream(task.id);
    await studio.sweepAt(11);
    await expectOnePicture(task);
    expect(await studio.predictionsOf(task.id)).toHaveLength(1);
  });

  it("[F-07] after a webhook was acknowledged and before it was applied: the inbox has it", async () => {
    studio.door.mode = "forgetful";
    const task = await submitted();
    await studio.dispatch(task.id);
    await studio.finishedUpstream(task.id);
    await waitFor(
      async () =>
        (await studio.owner`select 1 from webhook_deliveries where processed_at is null`).length >= 2,
      { what: "both deliveries to be written down" },
    );
    expect(await studio.taskOf(task.id)).toMatchObject({ status: "processing" });
    await studio.sweepAt(11);
    await expectOnePicture(task);
    const left = await studio.owner`select webhook_id from webhook_deliveries where processed_at is null`;
    expect([...left]).toEqual([]);
  });

  it("[F-08] while it stores: another stores ninety seconds later, over the half that is there", async () => {
    await studio.fault("webhook-drop-all");
    const task = await submitted();
    await studio.dispatch(task.id);
    await studio.finishedUpstream(task.id);
    const { storage } = studio.services;
    let isPut = false;
    const dying = {
      ...storage,
      put: async (key: string, bytes: Uint8Array, type: string) => {
        await storage.put(key, bytes, type);
        isPut = true;
        // Never comes back: the process is gone before the database hears of it.
        await new Promise(() => {});
      },
    };
    void studio.sweepAt(6, { storage: dying });
    // Not before: the one that dies must have leased it by the clock as it is now.
    await waitFor(async () => isPut, { what: "the file to be half there" });
    await studio.sweepAt(60);
    expect(await studio.stateOf(task.id)).toBe("storing");
    await studio.sweepAt(120);
    await expectOnePicture(task);
    const [row] =
      await studio.owner`select count(*)::int as count from assets where generation_id = ${task.id}`;
    expect(row?.count).toBe(1);
  });

  it("[F-66] each time that it dispatches: given up after five times, everything given back", async () => {
    const { id, userId } = await submitted();
    await studio.owner`update generations set tries = 5 where id = ${id}`;
    await studio.sweepAt(6);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "internal", refunded: 5 });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
    expect(await studio.predictionsOf(id)).toEqual([]);
  });

  it("[F-66] each time that it stores: given up after five times, everything given back, and others are stored", async () => {
    await studio.fault("webhook-drop-all");
    const { id, userId } = await submitted();
    await studio.dispatch(id);
    await studio.finishedUpstream(id);
    // It is gone in the midst of it, as when a picture's decoding takes it along.
    let deaths = 0;
    const dying = {
      ...studio.services.storage,
      put: () => {
        deaths += 1;
        return new Promise<never>(() => {});
      },
    };
    const triesOf = async () => {
      const [row] = await studio.owner<{ tries: number }[]>`
        select case state when 'storing' then tries else 0 end as tries from generations where id = ${id}`;
      return row?.tries;
    };
    for (const [index, seconds] of [6, 100, 200, 300, 400].entries()) {
      void studio.sweepAt(seconds, { storage: dying });
      // Not before: the next one's clock is later, and this one must have leased it by its own.
      await waitFor(() => deaths === index + 1, { what: `death ${index + 1} while storing` });
      expect(await triesOf()).toBe(index + 1);
    }
    const other = await submitted();
    await studio.dispatch(other.id);
    await studio.finishedUpstream(other.id);
    await studio.sweepAt(500);
    expect(await studio.taskOf(id)).toMatchObject({ status: "failed", reason: "internal", refunded: 5 });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100, held: 0 });
    await expectOnePicture(other);
    // And nobody tries to store it late: it would take the process along as before.
    const late = await studio.owner`
      select 1 from outbox where topic = 'store_late' and payload ->> 'generationId' = ${id}`;
    expect([...late]).toEqual([]);
  });
});

describe("several processes at once", () => {
  it("sweep ten times at the same moment and send, store and charge once", async () => {
    const tasks = await Promise.all(Array.from({ length: 5 }, submitted));
    await studio.clock.shift("6 seconds");
    await Promise.all(Array.from({ length: 10 }, () => sweep(studio.services)));
    await studio.clock.reset();
    for (const task of tasks) {
      await expectOnePicture(task);
      expect(await studio.predictionsOf(task.id)).toHaveLength(1);
    }
  });

  it("store the same pictures at the same moment and charge once", async () => {
    await studio.fault("webhook-drop-all");
    const task = await submitted();
    await studio.dispatch(task.id);
    await studio.finishedUpstream(task.id);
    await studio.fault("file-503-once");
    await studio.sweepAt(6);
    const [row] = await studio.owner<{ outputs: string[] }[]>`
      select outputs from generations where id = ${task.id}`;
    const job = { generationId: task.id, userId: task.userId, outputs: row?.outputs ?? [], outputCount: 1 };
    await Promise.all(Array.from({ length: 5 }, () => storeOutputs(studio.services, job)));
    await expectOnePicture(task);
  });
});
