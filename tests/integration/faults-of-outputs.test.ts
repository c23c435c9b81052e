import { afterEach, describe, expect, it } from "vitest";
import type { Storage } from "@/lib/assets/storage";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

const studio = await openStudio();
afterEach(() => studio.calm());

async function makeUnder(fault: string, change: object = {}) {
  await studio.fault(fault);
  const userId = await studio.person();
  const id = await studio.submit(userId, change);
  await studio.dispatch(id);
  return { id, userId };
}
const refunded = { available: 100, held: 0 };
const isTriedAgain = async (id: string) => {
  const [row] = await studio.owner<{ soon: boolean }[]>`
    select state = 'storing' and due_at < now() + interval '40 seconds' as soon from generations where id = ${id}`;
  return row?.soon;
};

describe("[F-47] [F-52] [F-57] an output that is no picture of ours", () => {
  it.for([
    ["output-null", "bad_output"],
    ["output-empty", "bad_output"],
    ["output-text", "bad_output"],
    ["output-object", "bad_output"],
    ["output-number", "bad_output"],
    ["output-other-host", "bad_output"],
    ["output-data-uri", "bad_output"],
    ["output-local-file", "bad_output"],
    ["file-404", "output_lost"],
    ["file-redirect", "bad_output"],
    ["file-redirect-inside", "bad_output"],
    ["file-html", "bad_output"],
    ["file-svg", "bad_output"],
    ["file-zero-bytes", "bad_output"],
    ["file-polyglot", "bad_output"],
    ["file-gzip", "bad_output"],
    ["file-huge", "bad_output"],
    ["file-mislabelled", "bad_output"],
    ["file-corrupt", "bad_output"],
    ["file-bomb", "bad_output"],
  ] as const)("is refused and given back: %s", async ([fault, reason]) => {
    const { id, userId } = await makeUnder(fault);
    expect(await studio.ended(id)).toMatchObject({ status: "failed", reason, refunded: 5, images: [] });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
    const [row] = await studio.owner`select count(*)::int as count from assets where generation_id = ${id}`;
    expect(row?.count).toBe(0);
  });
});

describe("[F-47] an output of another form that is a picture all the same", () => {
  it.for(["output-other-shape", "output-too-many"])(
    "is stored, as many as were asked for: %s",
    async (fault) => {
      const { id, userId } = await makeUnder(fault);
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
      await studio.assertPicturesAreWhole(id);
      expect((await studio.taskOf(id)).images).toHaveLength(1);
      expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 0 });
    },
  );

  it("of three where four were asked for is charged for three", async () => {
    const { id, userId } = await makeUnder("output-too-few", { numOutputs: 4 });
    const task = await studio.ended(id);
    expect(task).toMatchObject({ status: "succeeded", cost: 20, refunded: 5 });
    expect(task.images).toHaveLength(3);
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 85, held: 0 });
  });
});

describe("[F-51] an output that did not arrive this time", () => {
  it.for(["file-truncated", "file-503-once", "file-500"])(
    "is fetched again ten seconds later, and nothing is visible before it is whole: %s",
    async (fault) => {
      const { id, userId } = await makeUnder(fault);
      await waitFor(() => isTriedAgain(id), { what: "the next try to be planned" });
      expect(await studio.taskOf(id)).toMatchObject({ status: "processing", phase: "saving", images: [] });
      expect(await studio.balanceOf(userId)).toMatchObject({ available: 95, held: 5 });
      await studio.door.settle();
      await studio.calm();
      await studio.sweepAt(11);
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
      await studio.assertPicturesAreWhole(id);
    },
  );

  it("[F-55] one of four times holds up the settlement of all, which then is whole", async () => {
    const { id } = await makeUnder("file-truncated-once", { numOutputs: 4 });
    await waitFor(() => isTriedAgain(id), { what: "the next try to be planned" });
    await studio.door.settle();
    await studio.sweepAt(11);
    const task = await studio.ended(id);
    expect(task).toMatchObject({ status: "succeeded", refunded: 0 });
    expect(task.images).toHaveLength(4);
  });

  it("until the deadline is given back", async () => {
    const { id, userId } = await makeUnder("file-500");
    await waitFor(() => isTriedAgain(id), { what: "the next try to be planned" });
    await studio.sweepAt(901);
    expect(await studio.taskOf(id)).toMatchObject({
      status: "failed",
      reason: "storage_failed",
      refunded: 5,
    });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });

  it("[F-54] and is gone an hour later is lost, and given back", async () => {
    const { id, userId } = await makeUnder("file-500");
    await waitFor(() => isTriedAgain(id), { what: "the next try to be planned" });
    await studio.door.settle();
    await studio.calm();
    await studio.emulator.clock({ advanceSeconds: 3_700 });
    await studio.sweepAt(11);
    expect(await studio.ended(id)).toMatchObject({ status: "failed", reason: "output_lost" });
    expect(await studio.balanceOf(userId)).toMatchObject(refunded);
  });
});

describe("[F-53] a storage that fails", () => {
  /** The real storage, whose first writes fail. */
  function failing(times: number): Storage {
    const { storage } = studio.services;
    let left = times;
    return {
      ...storage,
      async put(key, bytes, contentType) {
        left -= 1;
        if (left >= 0) {
          throw new Error("ENOSPC: no space left on device");
        }
        await storage.put(key, bytes, contentType);
      },
    };
  }

  it("once is tried again, and the picture is stored whole", async () => {
    await studio.fault("webhook-drop-all");
    const id = await studio.submit(await studio.person());
    await studio.dispatch(id);
    await studio.finishedUpstream(id);
    const storage = failing(1);
    await studio.sweepAt(6, { storage });
    expect(await isTriedAgain(id)).toBe(true);
    await studio.sweepAt(30, { storage });
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    await studio.assertPicturesAreWhole(id);
  });

  it("after one of two pictures leaves no half: all of them are stored again", async () => {
    await studio.fault("webhook-drop-all");
    const userId = await studio.person();
    const id = await studio.submit(userId, { numOutputs: 2 });
    await studio.dispatch(id);
    await studio.finishedUpstream(id);
    const storage = failing(1);
    await studio.sweepAt(6, { storage });
    expect(await studio.taskOf(id)).toMatchObject({ status: "processing", images: [] });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 90, held: 10 });
    await studio.sweepAt(30, { storage });
    expect((await studio.ended(id)).images).toHaveLength(2);
    await studio.assertPicturesAreWhole(id);
  });
});
