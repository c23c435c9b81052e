import { describe, expect, it } from "vitest";
import { compareInstants } from "@/app/_data/task-feed";
import { addAppeal, decideAppeal, listAppeals } from "@/db/queries/appeals";
import { applyPrediction, beginDispatch, finishStoring, rejectAttempt } from "@/db/queries/generations";
import { binPictures, purgeBin, restorePictures } from "@/db/queries/library";
import { countWaiting, decideReview, listOpenAppeals, listPendingPictures } from "@/db/queries/moderation";
import { scheduleErasure } from "@/db/queries/people";
import { listExplore, sharePictures } from "@/db/queries/shares";
import { findTask } from "@/db/queries/tasks";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { toTask } from "@/lib/generation/task-view";
import { newId } from "@/lib/ids";
import { actAsOperator } from "@/lib/operators/act";
import { listAuditPage } from "@/lib/operators/read-lists";
import { asset, reach, word } from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);
const hold = createHold(owner);
const userId = await createPerson(db, 1_000);
const actor = "operator:ada";
const REASON = "It is a marble figure.";

/** A generation whose picture the model's filter has stopped. */
async function filtered(person = userId): Promise<string> {
  const { id, tokenHash, predictionId } = await reach(db, person, "running");
  const prediction = word(predictionId, "failed", { reason: "content_blocked" });
  await applyPrediction(db, { prediction, tokenHash, source: "webhook" });
  return id;
}

/** One whose prompt was stopped before it was sent. */
async function unsent(): Promise<string> {
  const { id } = await reach(db, userId, "reserved");
  const { tokenHash } = createAttemptToken();
  await beginDispatch(db, { generationId: id, tokenHash });
  await rejectAttempt(db, { generationId: id, number: 1, reason: "content_blocked", detail: "a guardrail" });
  return id;
}

/** A public picture of a person's that waits for a review. */
async function pending(person = userId, outputCount = 1) {
  const { id } = await reach(db, person, "succeeded", { request: { outputCount } });
  const [row] = await owner<{ id: string }[]>`select id from assets where generation_id = ${id}`;
  const imageId = row?.id ?? "";
  await share(imageId, "public", person);
  return { id, imageId };
}
const share = (imageId: string, audience: "private" | "public", person = userId) =>
  sharePictures(db, { userId: person, imageIds: [imageId], audience, showsPrompt: false, expiresAt: null });
const review = (imageId: string, decision: "approved" | "rejected", isRevision = false) =>
  decideReview(db, { imageId, decision, actor, reason: REASON, isRevision });
async function turnedDown(outputCount = 1) {
  const made = await pending(userId, outputCount);
  await review(made.imageId, "rejected");
  return made;
}
const ask = (subjectId: string, note = "", person = userId) =>
  addAppeal(db, { userId: person, subjectId, note });
const decide = (subjectId: string, decision: "kept" | "allowed", reason = REASON) =>
  decideAppeal(db, { subjectId, decision, actor, reason });
const taskOf = async (generationId: string) => {
  const row = await findTask(db, { userId, generationId });
  return row && toTask(row);
};
const auditOf = async (id: string) =>
  (await listAuditPage({ db }, null)).entries
    .filter(({ subject }) => subject === id)
    .map(({ action, reason }) => [action, reason]);
const isInExplore = async (imageId: string) =>
  (await listExplore(db, { model: null, ratio: null, limit: 100, after: null })).some(
    (row) => row.imageId === imageId,
  );
const waitsFor = async (subjectId: string) =>
  (await listOpenAppeals(db, 100)).find((appeal) => appeal.subjectId === subjectId);

describe("an appeal", () => {
  it("is one, with the first note, however often and however many times at once it is sent", async () => {
    const id = await filtered();
    await ask(id, "It is a statue.");
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(id, `again ${index}`)));
    expect(answers).toEqual(Array.from({ length: 20 }, () => ({ outcome: "asked", generationId: id })));
    expect(await owner`select note from appeals where subject_id = ${id}`).toEqual([
      { note: "It is a statue." },
    ]);
    const other = await filtered();
    await Promise.all(Array.from({ length: 20 }, () => ask(other)));
    expect(await owner`select 1 from appeals where generation_id = ${other}`).toHaveLength(1);
  });

  it("is told with its task, which says who stopped it, and is a change for every open tab", async () => {
    const sent = await filtered();
    expect(await taskOf(sent)).toMatchObject({ blockedBy: "model", appeal: null });
    const before = (await taskOf(sent))?.changedAt ?? "";
    await ask(sent);
    const task = await taskOf(sent);
    expect(task).toMatchObject({ appeal: { state: "open", reason: null, decidedAt: null } });
    expect(compareInstants(task?.changedAt ?? "", before)).toBeGreaterThan(0);
    expect(await taskOf(await unsent())).toMatchObject({
      blockedBy: "check",
      error: "This prompt isn't allowed here.",
      refunded: 10,
    });
  });

  it("is of what was blocked or turned down, and of nothing else", async () => {
    const done = await reach(db, userId, "succeeded");
    const failed = await reach(db, userId, "failed");
    const { imageId } = await pending();
    for (const id of [done.id, failed.id, imageId]) {
      expect(await ask(id)).toEqual({ outcome: "not_stopped" });
    }
    const { id, imageId: rejected } = await turnedDown();
    expect(await ask(id)).toEqual({ outcome: "not_stopped" });
    expect(await ask(rejected)).toEqual({ outcome: "asked", generationId: id });
  });

  it("is nobody else's, and not of what lies in the bin or never was", async () => {
    const stranger = await createPerson(db);
    const id = await filtered();
    const { imageId } = await turnedDown();
    expect(await ask(id, "", stranger)).toEqual({ outcome: "not_found" });
    expect(await ask(imageId, "", stranger)).toEqual({ outcome: "not_found" });
    await binPictures(db, { userId, imageIds: [imageId], taskIds: [id] });
    const oneOfTwo = await turnedDown(2);
    await binPictures(db, { userId, imageIds: [oneOfTwo.imageId], taskIds: [] });
    for (const gone of [id, imageId, oneOfTwo.imageId, "gen_none", ""]) {
      expect(await ask(gone)).toEqual({ outcome: "not_found" });
    }
  });

  it("is among its person's own, newest first", async () => {
    const person = await createPerson(db, 100);
    const [first, second] = [await filtered(person), await filtered(person)];
    await ask(first, "the first", person);
    await ask(second, "", person);
    await decide(first, "kept");
    expect(await listAppeals(db, { userId: person, limit: 10 })).toMatchObject([
      { subject: second, taskId: second, note: "", state: "open" },
      { subject: first, note: "the first", state: "kept", reason: REASON },
    ]);
  });
});

describe("an answer to an appeal", () => {
  it("is read by its person with the reason, and is in the audit, once", async () => {
    const id = await filtered();
    await ask(id);
    const act = { act: "decide_appeal", subjectId: id, decision: "allowed", reason: REASON } as const;
    expect(await actAsOperator({ db }, "ada", act)).toEqual({ outcome: "allowed" });
    const told = (await taskOf(id))?.appeal;
    expect(told).toMatchObject({ state: "allowed", reason: REASON });
    expect(await actAsOperator({ db }, "ada", { ...act, decision: "kept" })).toEqual({ outcome: "already" });
    expect((await taskOf(id))?.appeal).toEqual(told);
    expect(await auditOf(id)).toEqual([["allow_appeal", REASON]]);
    await expect(actAsOperator({ db }, "ada", { ...act, subjectId: "gen_none" })).rejects.toMatchObject({
      reason: "not_found",
    });
  });

  it("is the first of many at once", async () => {
    const id = await filtered();
    await ask(id);
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => decide(id, index % 2 ? "kept" : "allowed")),
    );
    expect(results.filter(({ outcome }) => outcome === "already")).toHaveLength(9);
    expect(await auditOf(id)).toHaveLength(1);
  });

  it("is the first also for one that had to wait for it", async () => {
    const id = await filtered();
    await ask(id);
    let second: Promise<unknown> | undefined;
    await hold(`select decide_appeal('${id}', 'kept', '${actor}', 'first')`, async (_, waiting) => {
      second = decide(id, "allowed");
      await waiting(1);
    });
    expect(await second).toEqual({ outcome: "already" });
    expect(await auditOf(id)).toEqual([["keep_appeal", "first"]]);
  });

  it("that allows a picture lets it into Explore, and one that does not leaves it out", async () => {
    const [allowed, kept] = [await turnedDown(), await turnedDown()];
    for (const { imageId } of [allowed, kept]) {
      await ask(imageId, "Look again");
      expect(await waitsFor(imageId)).toMatchObject({ note: "Look again", reviewReason: REASON });
    }
    await decide(allowed.imageId, "allowed", "We were wrong.");
    await decide(kept.imageId, "kept");
    expect(await isInExplore(allowed.imageId)).toBe(true);
    expect(await isInExplore(kept.imageId)).toBe(false);
    expect((await taskOf(allowed.id))?.images[0]).toMatchObject({
      reviewState: "approved",
      reviewReason: null,
      appeal: { state: "allowed", reason: "We were wrong." },
    });
    expect((await taskOf(kept.id))?.images[0]).toMatchObject({
      reviewState: "rejected",
      appeal: { state: "kept" },
    });
    expect(await waitsFor(allowed.imageId)).toBeUndefined();
  });

  it("that allows a picture in the bin lets it into Explore when it comes out of there", async () => {
    const { imageId } = await turnedDown();
    await ask(imageId);
    await binPictures(db, { userId, imageIds: [imageId], taskIds: [] });
    await decide(imageId, "allowed");
    expect(await isInExplore(imageId)).toBe(false);
    await restorePictures(db, { userId, imageIds: [imageId], taskIds: [] });
    expect(await isInExplore(imageId)).toBe(true);
  });

  it("does not make public again what its owner has taken back", async () => {
    const { imageId } = await turnedDown();
    await ask(imageId);
    await share(imageId, "private");
    expect(await waitsFor(imageId)).toBeUndefined();
    await decide(imageId, "allowed");
    expect(await isInExplore(imageId)).toBe(false);
  });
});

describe("a review", () => {
  it("is read by the picture's owner with the reason, and is in the audit", async () => {
    const { id, imageId } = await pending();
    const act = { act: "reject_picture", imageId, reason: "A real person, undressed" } as const;
    expect(await actAsOperator({ db }, "ada", act)).toEqual({ outcome: "rejected" });
    expect((await taskOf(id))?.images[0]).toMatchObject({
      reviewState: "rejected",
      reviewReason: act.reason,
    });
    expect(await auditOf(imageId)).toEqual([["reject_picture", act.reason]]);
    await share(imageId, "private");
    await share(imageId, "public");
    expect((await taskOf(id))?.images[0]).toMatchObject({ reviewState: "pending", reviewReason: null });
    expect(await actAsOperator({ db }, "ada", { act: "approve_picture", imageId })).toEqual({
      outcome: "approved",
    });
    expect(await isInExplore(imageId)).toBe(true);
  });

  it("of two at once is one, also when both had to wait for the picture", async () => {
    const { id, imageId } = await pending();
    const holder = await owner.reserve();
    await holder.unsafe("begin");
    await holder`select 1 from generations where id = ${id} for update`;
    const deciding = Promise.all([review(imageId, "approved"), review(imageId, "rejected")]);
    await Promise.race([deciding, new Promise((resolve) => setTimeout(resolve, 300))]);
    await holder.unsafe("commit");
    holder.release();
    expect((await deciding).filter(({ outcome }) => outcome === "already")).toHaveLength(1);
    expect(await auditOf(imageId)).toHaveLength(1);
  });

  it("stands, but for whoever means to revise it; the same word twice is one act", async () => {
    const { imageId } = await pending();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => review(imageId, index % 2 ? "approved" : "rejected")),
    );
    expect(results.filter(({ outcome }) => outcome === "already")).toHaveLength(9);
    await review(imageId, "approved", true);
    expect(await review(imageId, "approved", true)).toEqual({ outcome: "already" });
    expect(await review(imageId, "rejected", true)).toMatchObject({ outcome: "rejected", userId });
    expect(await isInExplore(imageId)).toBe(false);
  });

  it("is of public pictures alone", async () => {
    const [{ imageId }, binned] = [await pending(), await pending()];
    await share(imageId, "private");
    await binPictures(db, { userId, imageIds: [binned.imageId], taskIds: [] });
    for (const id of [imageId, binned.imageId]) {
      expect(await review(id, "approved")).toEqual({ outcome: "not_public" });
    }
    await expect(actAsOperator({ db }, "ada", { act: "approve_picture", imageId })).rejects.toMatchObject({
      reason: "not_found",
    });
    expect(await auditOf(imageId)).toEqual([]);
  });
});

describe("what operators are shown", () => {
  it("has the pictures of one task in their order, whatever their ids say", async () => {
    const { id } = await reach(db, userId, "storing", { request: { outputCount: 4 } });
    const ids = Array.from({ length: 4 }, () => newId("image"))
      .toSorted()
      .toReversed();
    const assets = ids.map((imageId, position) => ({ ...asset(position), id: imageId }));
    await finishStoring(db, { generationId: id, assets });
    await sharePictures(db, {
      userId,
      imageIds: ids.toSorted(),
      audience: "public",
      showsPrompt: false,
      expiresAt: null,
    });
    const listed = (await listPendingPictures(db, 1_000)).map((picture) => picture.id);
    expect(listed.filter((imageId) => ids.includes(imageId))).toEqual(ids);
    await binPictures(db, { userId, imageIds: ids, taskIds: [] });
  });

  it("waits the longest first, without a prompt that viewers do not read, and is counted", async () => {
    const before = await countWaiting(db, 1_000);
    const made = await pending();
    const appealed = await unsent();
    await ask(appealed, "Why?");
    expect((await listPendingPictures(db, 100)).at(-1)).toMatchObject({ id: made.imageId, prompt: null });
    expect((await listOpenAppeals(db, 100)).at(-1)).toMatchObject({
      subjectId: appealed,
      picture: null,
      wasSent: false,
      prompt: "a fox",
      note: "Why?",
    });
    expect(await countWaiting(db, 1_000)).toEqual({
      pictures: before.pictures + 1,
      appeals: before.appeals + 1,
    });
    expect(await countWaiting(db, 1)).toEqual({ pictures: 1, appeals: 1 });
    await binPictures(db, { userId, imageIds: [made.imageId], taskIds: [appealed] });
    expect(await countWaiting(db, 1_000)).toEqual(before);
  });
});

describe("an appeal goes", () => {
  it("with the words it is about", async () => {
    const id = await filtered();
    const { id: pictured, imageId } = await turnedDown();
    await ask(id);
    await ask(imageId);
    await binPictures(db, { userId, imageIds: [imageId], taskIds: [id] });
    await clock.shift("31 days");
    await purgeBin(db, { days: 30, limit: 500 });
    await clock.reset();
    expect(await owner`select 1 from appeals where generation_id in (${id}, ${pictured})`).toEqual([]);
  });

  it("with its person", async () => {
    const person = await createPerson(db, 100);
    await ask(await filtered(person), "Remember me", person);
    await scheduleErasure(db, { userId: person, days: 0 });
    await db.$client`select erase_due_person()`;
    expect(await owner`select 1 from appeals where user_id = ${person}`).toEqual([]);
    expect(await owner`select 1 from users where id = ${person}`).toEqual([]);
  });
});
