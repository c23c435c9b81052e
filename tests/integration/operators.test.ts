import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { applyPrediction, cancelGeneration, finishStoring } from "@/db/queries/generations";
import { binPictures } from "@/db/queries/library";
import { readTargets } from "@/db/queries/overview";
import { leaseDeliveries, recordDelivery } from "@/db/queries/webhook-deliveries";
import { readReceipt } from "@/lib/generation/read-receipt";
import { idFloor } from "@/lib/ids";
import { actAsOperator } from "@/lib/operators/act";
import { listAllTasks, listAuditPage, readTaskFile } from "@/lib/operators/read-lists";
import type { TimelineEntry } from "@/lib/operators/task-timeline";
import { asset, endGeneration, reach, word } from "@/tests/support/generations";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const userId = await createPerson(db, 1_000);
const operator = { userId: "usr_operator", name: "Ada", email: "ada@example.com", role: "operator" } as const;
const done = await reach(db, userId, "succeeded");
const ended = await reach(db, userId, "running");
await endGeneration(db, ended.id);

/** An entry of a time line in a few words. */
function nameEntry(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "step":
      return entry.step.state;
    case "webhook":
      return `webhook ${entry.webhook.status} ${entry.webhook.outcome}`;
    case "picture":
      return `picture ${entry.picture.position} ${entry.picture.sizeBytes}`;
    case "movement":
      return entry.movement.kind;
  }
}

describe("what operators read", () => {
  it("counts what ended in each window, and nothing before it", async () => {
    const windows = [
      { hours: 1, id: idFloor("generation", 0) },
      { hours: 24, id: idFloor("generation", Date.now() + 3_600_000) },
    ];
    const [all, none] = await readTargets(db, windows);
    expect(all).toMatchObject({ hours: 1, accepted: 2, succeeded: 1, heardByWebhook: 1, blocked: 0 });
    expect((all?.failed ?? 0) + (all?.canceled ?? 0)).toBe(1);
    expect(none).toMatchObject({ hours: 24, accepted: 0, succeeded: 0, medianSeconds: null });
  });

  it("lists everybody's tasks, by state and page", async () => {
    const all = { state: null, model: null, reason: null, hours: null };
    const page = await listAllTasks({ db }, { ...all, before: null, state: "succeeded" });
    expect(page).toMatchObject({ tasks: [{ id: done.id, state: "succeeded" }], nextBefore: null });
    const older = await listAllTasks({ db }, { ...all, before: done.id });
    expect(older.tasks.map(({ id }) => id)).not.toContain(done.id);
  });

  it("opens one task's file, and none for what there is not", async () => {
    const file = await readTaskFile({ db }, { principal: operator, generationId: done.id });
    expect(file?.internals).toMatchObject({
      userId,
      hasAccount: true,
      state: "succeeded",
      attempts: [{ number: 1 }],
    });
    expect(await readTaskFile({ db }, { principal: operator, generationId: "gen_none" })).toBeNull();
  });

  it("has all that happened to a task in one time line", async () => {
    const { id, predictionId, tokenHash } = await reach(db, userId, "running");
    const prediction = word(predictionId, "succeeded");
    const webhookId = `msg_${id}`;
    await recordDelivery(db, { webhookId, tokenHash, bodyHash: randomBytes(32), prediction });
    await applyPrediction(db, { prediction, tokenHash, source: "webhook", webhookId });
    await finishStoring(db, { generationId: id, assets: [asset()] });
    await binPictures(db, { userId, imageIds: [], taskIds: [id] });
    const file = await readTaskFile({ db }, { principal: operator, generationId: id });
    const told = file?.timeline.map(nameEntry);
    expect(told).toEqual([
      "reserved",
      "reserve",
      "dispatching",
      "running",
      "webhook succeeded store",
      "storing",
      "picture 0 1000",
      "succeeded",
      "capture",
    ]);
    expect(JSON.stringify(file?.timeline)).not.toContain("replicate.delivery");
  });
});

describe("a switch", () => {
  it("thrown twice is one row of the audit, with the sentence that users read", async () => {
    const pause = { act: "pause", model: "flux-pro", reason: "Back at 15:00 UTC." } as const;
    await actAsOperator({ db }, operator.userId, pause);
    await actAsOperator({ db }, operator.userId, pause);
    await actAsOperator({ db }, operator.userId, { act: "resume", model: "flux-pro" });
    await actAsOperator({ db }, operator.userId, { act: "resume", model: "flux-pro" });
    const { entries, nextBefore } = await listAuditPage({ db }, null);
    expect(entries).toMatchObject([
      { action: "resume_model", subject: "flux-pro", actor: "operator:usr_operator" },
      { action: "pause_model", subject: "flux-pro", reason: pause.reason },
    ]);
    expect(nextBefore).toBeNull();
  });

  it("of a part of the service is one row for each act, too, and one more for another sentence", async () => {
    const before = (await listAuditPage({ db }, null)).entries.length;
    const pause = (reason: string) =>
      actAsOperator({ db }, operator.userId, { act: "pause_service", service: "improve", reason });
    const resume = () =>
      actAsOperator({ db }, operator.userId, { act: "resume_service", service: "improve" });
    for (const act of [
      () => pause("Back soon."),
      () => pause("Back soon."),
      () => pause("Back at 15:00 UTC."),
      resume,
      resume,
    ]) {
      await act();
    }
    const { entries } = await listAuditPage({ db }, null);
    expect(entries.slice(0, entries.length - before).map(({ action, reason }) => [action, reason])).toEqual([
      ["resume_service", "resumed"],
      ["pause_service", "Back at 15:00 UTC."],
      ["pause_service", "Back soon."],
    ]);
  });
});

describe("an act on a task under way", () => {
  const cancel = (generationId: string) =>
    actAsOperator({ db }, operator.userId, { act: "cancel", generationId, reason: "The provider is down" });
  const look = (generationId: string) =>
    actAsOperator({ db }, operator.userId, { act: "look", generationId });
  const auditOf = async (id: string) =>
    (await listAuditPage({ db }, null)).entries
      .filter(({ subject }) => subject === id)
      .map(({ action, reason }) => [action, reason]);

  it("cancels what was not sent at once and gives its hold back, once, with the reason in the audit", async () => {
    const before = await balanceOf(db, userId);
    const { id } = await reach(db, userId, "reserved");
    expect(await cancel(id)).toEqual({ outcome: "canceled" });
    expect(await balanceOf(db, userId)).toEqual(before);
    expect(await cancel(id)).toEqual({ outcome: "already" });
    expect(await auditOf(id)).toEqual([["cancel", "The provider is down"]]);
  });

  it("is told to the owner as ours on the receipt, whether it was sent already or not", async () => {
    const receiptOf = (generationId: string) =>
      readReceipt({ db }, { principal: { userId, role: "user" }, generationId });
    const { id: waiting } = await reach(db, userId, "reserved");
    await cancel(waiting);
    const receipt = await receiptOf(waiting);
    expect(receipt).toMatchObject({ status: "canceled", canceledBy: "operator", signal: "operator" });
    expect(receipt?.movements.map(({ signal }) => signal)).toEqual(["submit", "operator"]);

    const { id: running, predictionId, tokenHash } = await reach(db, userId, "running");
    await cancel(running);
    await applyPrediction(db, { prediction: word(predictionId, "canceled"), tokenHash, source: "webhook" });
    expect(await receiptOf(running)).toMatchObject({ status: "canceled", canceledBy: "operator" });

    const { id: own } = await reach(db, userId, "reserved");
    await cancelGeneration(db, { userId, generationId: own });
    expect(await receiptOf(own)).toMatchObject({ canceledBy: "owner", signal: "cancel" });
  });

  it("asks the provider about what runs, once; what has ended is left as it is", async () => {
    const { id } = await reach(db, userId, "running");
    expect(await cancel(id)).toEqual({ outcome: "requested" });
    expect(await cancel(id)).toEqual({ outcome: "already" });
    expect(await auditOf(id)).toHaveLength(1);
    await endGeneration(db, id);
    expect(await cancel(done.id)).toEqual({ outcome: "already" });
    expect(await auditOf(done.id)).toEqual([]);
  });

  it("gives the whole hold back of what a cancel cannot end, once; what comes afterwards changes nothing", async () => {
    const before = await balanceOf(db, userId);
    const { id, predictionId, tokenHash } = await reach(db, userId, "storing");
    const release = () =>
      actAsOperator({ db }, operator.userId, { act: "release", generationId: id, reason: "Storage is down" });
    expect(await release()).toEqual({ outcome: "released" });
    expect(await release()).toEqual({ outcome: "already" });
    expect(await balanceOf(db, userId)).toEqual(before);
    const late = word(predictionId, "succeeded");
    await applyPrediction(db, { prediction: late, tokenHash, source: "webhook" });
    expect(await balanceOf(db, userId)).toEqual(before);
    expect(
      await readReceipt({ db }, { principal: { userId, role: "user" }, generationId: id }),
    ).toMatchObject({
      status: "failed",
      reason: "internal",
      signal: "operator",
      captured: 0,
      released: 10,
    });
    expect(await auditOf(id)).toEqual([["release", "Storage is down"]]);
    await expect(
      actAsOperator({ db }, operator.userId, {
        act: "release",
        generationId: "gen_none",
        reason: "no such one",
      }),
    ).rejects.toMatchObject({ reason: "not_found" });
  });

  it("has what was recorded for it applied again by the next sweep, and nothing when nothing came", async () => {
    const { id, predictionId, tokenHash } = await reach(db, userId, "running");
    const replay = () => actAsOperator({ db }, operator.userId, { act: "replay", generationId: id });
    expect(await replay()).toEqual({ outcome: "nothing_recorded" });
    const webhookId = `msg_${id}`;
    const prediction = word(predictionId, "failed");
    await recordDelivery(db, { webhookId, tokenHash, bodyHash: randomBytes(32), prediction });
    await applyPrediction(db, { prediction, tokenHash, source: "webhook", webhookId });
    expect(await leaseDeliveries(db, { limit: 50, triesMax: 5 })).toEqual([]);
    expect(await replay()).toEqual({ outcome: "replaying" });
    expect(await leaseDeliveries(db, { limit: 50, triesMax: 5 })).toMatchObject([{ webhookId, tries: 1 }]);
    expect(await auditOf(id)).toEqual([["replay", "1 recorded"]]);
  });

  it("makes it due for the next sweep; of one that has ended nothing is due", async () => {
    const { id } = await reach(db, userId, "running");
    expect(await look(id)).toEqual({ outcome: "looking" });
    const [row] = await owner`select due_at <= now() as is_due from generations where id = ${id}`;
    expect(row).toEqual({ is_due: true });
    expect(await auditOf(id)).toEqual([["look", "running"]]);
    await endGeneration(db, id);
    expect(await look(id)).toEqual({ outcome: "already" });
    await expect(look("gen_none")).rejects.toMatchObject({ reason: "not_found" });
  });
});
