import { describe, expect, it } from "vitest";
import { findAsset } from "@/db/queries/assets";
import {
  binPictures,
  favourPictures,
  type LibraryFilter,
  listDetails,
  listLibrary,
  listPrompts,
  purgeBin,
  restorePictures,
} from "@/db/queries/library";
import { leaseOutbox } from "@/db/queries/outbox";
import { findTask } from "@/db/queries/tasks";
import { type ReserveOptions, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { copyGeneration, forgetCopies } from "@/tests/support/many-pictures";
import { timed } from "@/tests/support/timed";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);

const person = () => createPerson(db, 1_000);
const imagesOf = async (generationId: string) =>
  (
    await owner<
      { id: string }[]
    >`select id from assets where generation_id = ${generationId} order by position`
  ).map(({ id }) => id);

/** A finished generation of a person's and its pictures. */
async function make(userId: string, request: ReserveOptions["request"] = {}) {
  const { id } = await reach(db, userId, "succeeded", { request });
  return { id, images: await imagesOf(id) };
}

const list = (userId: string, filter: Partial<LibraryFilter> = {}) =>
  listLibrary(db, {
    userId,
    state: "made",
    words: [],
    model: null,
    ratio: null,
    isFavourite: false,
    from: null,
    to: null,
    limit: 100,
    ...filter,
  });
const idsOf = async (listed: ReturnType<typeof list>) => (await listed).map(({ id }) => id);

describe("the list", () => {
  it("is a person's own, newest first, with the pictures' shape", async () => {
    const [mine, other] = [await person(), await person()];
    const first = await make(mine);
    const second = await make(mine, { outputCount: 2, unitPrice: 5 });
    await make(other);
    await reach(db, mine, "running");
    const items = await list(mine);
    expect(items.map(({ id, images }) => ({ id, images }))).toEqual([second, first]);
    expect(items[0]).toMatchObject({ width: 1024, height: 1024 });
    expect(Math.abs((items[0]?.at ?? 0) - Date.now() / 1000)).toBeLessThan(60);
  });

  it("finds words of the written and of the sent prompt, in any order and case, in both languages", async () => {
    const userId = await person();
    const { id } = await make(userId, {
      prompt: "一只睡在雪里的红狐狸, 100% REAL_ish",
      executedPrompt: "A red Fox asleep in snow",
      promptChange: "improved",
    });
    for (const words of [["狐狸"], ["红狐", "雪"], ["fox", "RED"], ["asleep", "狐狸"], ["100%"], ["L_I"]]) {
      expect(await idsOf(list(userId, { words })), words.join(" ")).toEqual([id]);
    }
    for (const words of [["cat"], ["fox", "cat"], ["%", "x_x"], ["1%"]]) {
      expect(await idsOf(list(userId, { words })), words.join(" ")).toEqual([]);
    }
  });

  it("finds a proposal that went as it was, because its translation did not come, and so do earlier prompts", async () => {
    const userId = await person();
    const proposal = "一只睡在雪里的红狐狸";
    const { id } = await make(userId, {
      prompt: "狐狸",
      input: { prompt: proposal, seed: 7 },
      promptChange: "improved",
    });
    expect(await idsOf(list(userId, { words: ["雪里"] }))).toEqual([id]);
    expect(await listPrompts(db, { userId, words: ["雪里"], scanned: 10, limit: 10 })).toMatchObject([
      { id, prompt: "狐狸", executedPrompt: proposal, promptChange: "improved" },
    ]);
  });

  it("is narrowed by model, shape, day and favourites", async () => {
    const userId = await person();
    const wide = await make(userId, { model: "flux-pro", aspectRatio: "16:9" });
    const square = await make(userId);
    expect(await idsOf(list(userId, { model: "flux-pro" }))).toEqual([wide.id]);
    expect(await idsOf(list(userId, { ratio: "1:1" }))).toEqual([square.id]);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(await idsOf(list(userId, { from: tomorrow }))).toEqual([]);
    expect(await idsOf(list(userId, { to: tomorrow }))).toEqual([square.id, wide.id]);
    await favourPictures(db, { userId, imageIds: wide.images, isFavourite: true });
    expect(await idsOf(list(userId, { isFavourite: true }))).toEqual([wide.id]);
  });

  it("keeps what failed or was cancelled apart, with its shape", async () => {
    const userId = await person();
    const failed = await reach(db, userId, "failed");
    const canceled = await reach(db, userId, "canceled");
    await make(userId);
    const items = await list(userId, { state: "failed" });
    expect(items.map(({ id }) => id)).toEqual([canceled.id, failed.id]);
    expect(items.every(({ images, width }) => images.length === 0 && width === 1024)).toBe(true);
  });
});

describe("a favourite", () => {
  it("is told to every tab, and marked again changes nothing", async () => {
    const userId = await person();
    const { id, images } = await make(userId);
    const before = await findTask(db, { userId, generationId: id });
    expect((await favourPictures(db, { userId, imageIds: images, isFavourite: true })).count).toBe(1);
    const marked = await findTask(db, { userId, generationId: id });
    expect(marked?.images[0]?.isFavourite).toBe(true);
    expect(Date.parse(marked?.changedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(before?.changedAt ?? ""));
    expect(marked?.changedAt).not.toBe(before?.changedAt);
    expect((await favourPictures(db, { userId, imageIds: images, isFavourite: true })).count).toBe(0);
    expect((await findTask(db, { userId, generationId: id }))?.changedAt).toBe(marked?.changedAt);
  });
});

describe("the bin", () => {
  it("takes one picture and leaves its siblings; the task goes with the last of them", async () => {
    const userId = await person();
    const { id, images } = await make(userId, { outputCount: 3, unitPrice: 5 });
    const [first = "", ...rest] = images;
    for (const count of [1, 0]) {
      expect((await binPictures(db, { userId, imageIds: [first], taskIds: [] })).count).toBe(count);
    }
    expect(await findTask(db, { userId, generationId: id })).toMatchObject({
      isDeleted: false,
      deletedImageCount: 1,
      images: rest.map((image) => ({ id: image })),
    });
    const stranger = await person();
    const theirs = await make(stranger);
    expect(await findTask(db, { userId: stranger, generationId: theirs.id })).toMatchObject({
      deletedImageCount: 0,
      images: [{ id: theirs.images[0] }],
    });
    await binPictures(db, { userId, imageIds: rest, taskIds: [] });
    expect(await findTask(db, { userId, generationId: id })).toBeUndefined();
    expect(await list(userId)).toEqual([]);
    expect((await list(userId, { state: "bin" }))[0]?.images).toEqual(images);
  });

  it("gives back what was put in, one by one", async () => {
    const userId = await person();
    const { id, images } = await make(userId, { outputCount: 2, unitPrice: 5 });
    await binPictures(db, { userId, imageIds: images, taskIds: [] });
    const [, second = ""] = images;
    // Not by its task: that has pictures, and comes with the first of them.
    expect((await restorePictures(db, { userId, imageIds: [], taskIds: [id] })).count).toBe(0);
    expect((await restorePictures(db, { userId, imageIds: [second], taskIds: [] })).count).toBe(1);
    expect((await list(userId))[0]).toMatchObject({ id, images: [second] });
    expect((await list(userId, { state: "bin" }))[0]).toMatchObject({ id, images: [images[0]] });
    expect((await restorePictures(db, { userId, imageIds: [second], taskIds: [] })).count).toBe(0);
  });

  it("takes failed tasks and gives them back, and passes over live ones", async () => {
    const userId = await person();
    const kept = await reach(db, userId, "failed");
    const failed = await reach(db, userId, "failed");
    const binned = await reach(db, userId, "failed");
    const live = await reach(db, userId, "running");
    const step = { userId, imageIds: [], taskIds: [failed.id, live.id] };
    await binPictures(db, { ...step, taskIds: [binned.id] });
    expect((await binPictures(db, step)).count).toBe(1);
    expect((await binPictures(db, step)).count).toBe(0);
    expect(await idsOf(list(userId, { state: "failed" }))).toEqual([kept.id]);
    expect((await idsOf(list(userId, { state: "bin" }))).sort()).toEqual([failed.id, binned.id].sort());
    expect((await restorePictures(db, step)).count).toBe(1);
    expect((await restorePictures(db, step)).count).toBe(0);
    expect(await idsOf(list(userId, { state: "failed" }))).toEqual([failed.id, kept.id]);
    expect(await idsOf(list(userId, { state: "bin" }))).toEqual([binned.id]);
  });

  it("is closed to other people, whatever they do", async () => {
    const [userId, other] = [await person(), await person()];
    const { id, images } = await make(userId);
    const failed = await reach(db, userId, "failed");
    const theirs = { userId: other, imageIds: images, taskIds: [failed.id] };
    expect((await binPictures(db, theirs)).count).toBe(0);
    expect((await favourPictures(db, { ...theirs, isFavourite: true })).count).toBe(0);
    await binPictures(db, { ...theirs, userId });
    expect((await restorePictures(db, theirs)).count).toBe(0);
    expect(await listDetails(db, { userId: other, ids: [id, failed.id] })).toEqual([]);
    expect(await listDetails(db, { userId, ids: [id] })).toMatchObject([{ binned: [{ id: images[0] }] }]);
  });

  it("takes the same twice at once without harm", async () => {
    const userId = await person();
    const tasks = await Promise.all(Array.from({ length: 5 }, () => make(userId)));
    const imageIds = tasks.flatMap(({ images }) => images);
    const counts = await Promise.all([
      binPictures(db, { userId, imageIds, taskIds: [] }),
      binPictures(db, { userId, imageIds: imageIds.toReversed(), taskIds: [] }),
      restorePictures(db, { userId, imageIds, taskIds: [] }),
    ]);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(5);
    await restorePictures(db, { userId, imageIds, taskIds: [] });
    expect(await list(userId)).toHaveLength(5);
  });
});

describe("after thirty days in the bin", () => {
  it("file, words and stand-in are gone, and nothing brings them back; what was paid stays on the books", async () => {
    await clock.shift("31 days");
    await purgeBin(db, { days: 30, limit: 100 });
    await leaseOutbox(db, { limit: 100, triesMax: 8 });
    await clock.reset();
    const userId = await person();
    const { id, images } = await make(userId, { prompt: "a secret garden", outputCount: 2, unitPrice: 5 });
    const failed = await reach(db, userId, "failed", { request: { prompt: "a secret failure" } });
    const kept = await make(userId, { prompt: "another garden" });
    await binPictures(db, { userId, imageIds: images, taskIds: [failed.id] });

    await clock.shift("29 days");
    expect(await purgeBin(db, { days: 30, limit: 100 })).toMatchObject({ pictures: 0, tasks: 0 });
    await clock.shift("31 days");
    expect(await purgeBin(db, { days: 30, limit: 100 })).toMatchObject({ pictures: 2, tasks: 2 });
    expect(await purgeBin(db, { days: 30, limit: 100 })).toMatchObject({ pictures: 0, tasks: 0 });
    const effects = await leaseOutbox(db, { limit: 100, triesMax: 8 });
    await clock.reset();

    expect(effects.filter(({ topic }) => topic === "remove_asset")).toHaveLength(2);
    expect(await restorePictures(db, { userId, imageIds: images, taskIds: [failed.id] })).toMatchObject({
      count: 0,
    });
    expect(await list(userId, { state: "bin" })).toEqual([]);
    expect(await findAsset(db, images[0] ?? "")).toBeUndefined();
    const [row] =
      await owner`select row_to_json(g)::text as text, captured_amount::int as paid from generations g where id = ${id}`;
    expect(row?.text).not.toContain("garden");
    expect(row?.paid).toBe(10);
    expect(await idsOf(list(userId))).toEqual([kept.id]);
  });

  it("the words stay as long as a picture of theirs is left", async () => {
    const userId = await person();
    const { images } = await make(userId, { outputCount: 2, unitPrice: 5 });
    await binPictures(db, { userId, imageIds: images, taskIds: [] });
    await clock.shift("31 days");
    expect(await purgeBin(db, { days: 30, limit: 1 })).toMatchObject({ pictures: 1, tasks: 0 });
    expect(await purgeBin(db, { days: 30, limit: 1 })).toMatchObject({ pictures: 1, tasks: 1 });
    await clock.reset();
  });

  it("the words are erased by the functions alone, and never changed into others", async () => {
    const userId = await person();
    const { id } = await make(userId);
    for (const change of ["prompt = ''", "prompt = 'x'", "prompt = 'x', deleted_at = now()"]) {
      await expect(owner.unsafe(`update generations set ${change} where id = '${id}'`)).rejects.toThrow(
        /fixed/,
      );
    }
  });
});

describe("ten thousand pictures", () => {
  it("are listed and searched in less than half a second", async () => {
    const userId = await person();
    const { id } = await make(userId);
    await copyGeneration(owner, { id, count: 10_000, prompt: "many words about a lighthouse ".repeat(8) });
    const limitMs = 500;
    const timedList = (filter: Partial<LibraryFilter>) =>
      timed(() => list(userId, { limit: 20_000, ...filter }), { limitMs });
    const all = await timedList({});
    const some = await timedList({ words: ["picture 77", "lighthouse"] });
    await forgetCopies(owner);
    expect({ all: all.result.length, some: some.result.length }).toEqual({ all: 10_001, some: 111 });
    expect(all.ms).toBeLessThan(limitMs);
    expect(some.ms).toBeLessThan(limitMs);
  });
});
