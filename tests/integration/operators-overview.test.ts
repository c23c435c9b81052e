import { randomBytes } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { applyPrediction, cancelGeneration, finishStoring, rejectAttempt } from "@/db/queries/generations";
import { readTargets } from "@/db/queries/overview";
import { leaseDeliveries, recordDelivery } from "@/db/queries/webhook-deliveries";
import { readFlow } from "@/lib/operators/read-flow";
import { listAllTasks, type TaskFilter } from "@/lib/operators/read-lists";
import { windowFloors } from "@/lib/operators/windows";
import { asset, endGeneration, reach, reserveOne, word } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { POLICY } from "@/tests/support/services";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const flow = () => readFlow({ db, policy: POLICY });
const MS_PER_HOUR = 3_600_000;

/** Does something at an earlier hour, by the clocks of the app and of the database. */
async function ago<T>(hours: number, act: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - hours * MS_PER_HOUR });
  await clock.shift(`-${hours} hours`);
  try {
    return await act();
  } finally {
    vi.useRealTimers();
    await clock.reset();
  }
}

/** A picture of a model that was asked for so many hours ago and took so many seconds. */
async function make(model: string, { hours, seconds }: Record<"hours" | "seconds", number>): Promise<string> {
  const userId = await createPerson(db, 100);
  const { id, picture } = await ago(hours, async () => ({
    ...(await reach(db, userId, "storing", { request: { model } })),
    picture: asset(),
  }));
  await clock.shift(`-${hours} hours ${seconds} seconds`);
  await finishStoring(db, { generationId: id, assets: [picture] });
  await clock.reset();
  return id;
}

/** One that was blocked, on the way to the model or by the model. */
async function block(userId: string, by: "check" | "model"): Promise<string> {
  if (by === "check") {
    const { id } = await reach(db, userId, "dispatching");
    const step = { generationId: id, number: 1, reason: "content_blocked", detail: "a guardrail" } as const;
    await rejectAttempt(db, step);
    return id;
  }
  const { id, predictionId, tokenHash } = await reach(db, userId, "running");
  const prediction = word(predictionId, "failed", { reason: "content_blocked" });
  await applyPrediction(db, { prediction, tokenHash, source: "webhook" });
  return id;
}

describe("the targets", () => {
  it("tell the median, the 90th percentile, and each reason's failures in each window", async () => {
    const userId = await createPerson(db, 1_000);
    const moveTo = await clock.stop();
    const scenes = [];
    for (let count = 0; count < 10; count++) {
      scenes.push(await reach(db, userId, "storing"));
    }
    for (const [index, { id }] of scenes.entries()) {
      await moveTo(10 * (index + 1));
      await finishStoring(db, { generationId: id, assets: [asset()] });
    }
    await clock.reset();
    await block(userId, "check");
    await block(userId, "model");
    await ago(30, async () => block(await createPerson(db, 100), "model"));
    const [hour, day, week] = await readTargets(db, windowFloors("generation", Date.now()));
    expect(hour).toMatchObject({ hours: 1, succeeded: 10, blocked: 2, failed: 0 });
    expect(hour?.medianSeconds).toBeCloseTo(55, 1);
    expect(hour?.slowSeconds).toBeCloseTo(91, 1);
    expect(day?.reasons).toEqual({ content_blocked: 1, blocked_before: 1 });
    expect(week?.reasons).toEqual({ content_blocked: 2, blocked_before: 1 });
  });
});

describe("the flow", () => {
  it("counts what was asked for in the last minutes, and finds what has been under way the longest", async () => {
    const before = await flow();
    expect(before.pace.oldest).toBeNull();
    const old = await ago(2, async () => reach(db, await createPerson(db, 100), "running"));
    const userId = await createPerson(db, 100);
    const young = [await reach(db, userId, "reserved"), await reach(db, userId, "running")];
    const { pace } = await flow();
    expect(pace.submits.map(({ minutes }) => minutes)).toEqual([5, 60]);
    for (const [index, { count }] of pace.submits.entries()) {
      expect(count).toBe((before.pace.submits[index]?.count ?? 0) + young.length);
    }
    expect(pace.oldest).toMatchObject({ id: old.id, state: "running" });
    expect(Math.round((pace.oldest?.seconds ?? 0) / 60)).toBe(120);
    for (const { id } of [old, ...young]) {
      await endGeneration(db, id);
    }
  });

  it("has each model's last day beside the seven before it", async () => {
    for (const [hours, seconds] of [
      [2, 20],
      [3, 20],
      [72, 60],
      [300, 600],
    ] as const) {
      await make("flux-pro", { hours, seconds });
    }
    const { models } = await flow();
    const pro = models.find(({ model }) => model === "flux-pro");
    expect(pro).toMatchObject({ count: 2, countBefore: 1 });
    const isAbout = (seconds: number | null | undefined) => Math.round((seconds ?? 0) / 20) * 20;
    expect(isAbout(pro?.usualSeconds)).toBe(20);
    expect(isAbout(pro?.slowSecondsBefore)).toBe(60);
  });

  it("tells how long webhooks lay in the inbox, without those that were given up", async () => {
    const userId = await createPerson(db, 100);
    const deliver = async (webhookId: string) => {
      const { predictionId, tokenHash } = await reach(db, userId, "running");
      const prediction = word(predictionId, "failed");
      await recordDelivery(db, { webhookId, tokenHash, bodyHash: randomBytes(32), prediction });
      return () => applyPrediction(db, { prediction, tokenHash, source: "webhook", webhookId });
    };
    const moveTo = await clock.stop();
    const appliers = [await deliver("msg_1"), await deliver("msg_2")];
    await deliver("msg_dead");
    for (const [index, apply] of appliers.entries()) {
      await moveTo(2 * (index + 1));
      await apply();
    }
    await moveTo(3_000);
    await owner`update webhook_deliveries set tries = 5 where webhook_id = 'msg_dead'`;
    await leaseDeliveries(db, { limit: 50, triesMax: 5 });
    await clock.reset();
    const { lag } = await flow();
    expect(lag.map(({ hours }) => hours)).toEqual([1, 24, 168]);
    for (const { usualSeconds, slowSeconds } of lag) {
      expect(usualSeconds).toBeCloseTo(3);
      expect(slowSeconds).toBeCloseTo(3.8);
    }
  });

  it("tells how many pictures and bytes came into storage in each window", async () => {
    const before = (await flow()).growth;
    await make("flux-dev", { hours: 0, seconds: 1 });
    await make("flux-dev", { hours: 30, seconds: 1 });
    const { growth } = await flow();
    const grown = growth.map(({ hours, count, bytes, isPartial }, index) => ({
      hours,
      count: count - (before[index]?.count ?? 0),
      bytes: bytes - (before[index]?.bytes ?? 0),
      isPartial,
    }));
    expect(grown).toEqual([
      { hours: 1, count: 1, bytes: 1_000, isPartial: false },
      { hours: 24, count: 1, bytes: 1_000, isPartial: false },
      { hours: 168, count: 2, bytes: 2_000, isPartial: false },
    ]);
  });

  it("counts the month's free pictures, without what came back, and who has none left", async () => {
    const free = { model: "flux-freeSchnell", unit: "picture", unitPrice: 1 } as const;
    const [ada, grace, alan] = [await createPerson(db), await createPerson(db), await createPerson(db)];
    await reach(db, ada, "succeeded", { request: { ...free, outputCount: 4 } });
    await reserveOne(db, ada, { request: free });
    await reach(db, grace, "succeeded", { request: free });
    const canceled = await reserveOne(db, alan, { request: free });
    await cancelGeneration(db, { userId: alan, generationId: canceled });
    const { freeUse } = await flow();
    expect(freeUse).toEqual({ pictures: 6, people: 2, exhausted: 1, isPartial: false });
  });
});

describe("the list of tasks", () => {
  it("is narrowed to a model, to a reason, and to the last hours", async () => {
    const userId = await createPerson(db, 100);
    const early = await block(userId, "check");
    const late = await block(userId, "model");
    const old = await make("flux-schnell", { hours: 30, seconds: 1 });
    const list = async (filter: Partial<TaskFilter>) => {
      const all = { before: null, state: null, model: null, reason: null, hours: null } as const;
      return (await listAllTasks({ db }, { ...all, ...filter })).tasks.map(({ id }) => id);
    };
    expect(await list({ model: "flux-schnell" })).toEqual([old]);
    expect(await list({ model: "flux-schnell", hours: 24 })).toEqual([]);
    expect(await list({ model: "flux-schnell", hours: 168 })).toEqual([old]);
    expect((await list({ reason: "content_blocked", hours: 1 })).slice(0, 2)).toEqual([late, early]);
    const stopped = await list({ reason: "blocked_before" });
    expect(stopped).toContain(early);
    expect(stopped).not.toContain(late);
    expect(await list({ reason: "timed_out" })).toEqual([]);
  });
});
