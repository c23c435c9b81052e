import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { leaseGenerations, listOverdueGenerations } from "@/db/queries/due-generations";
import { rescheduleGeneration } from "@/db/queries/generations";
import { finishOutbox, leaseOutbox } from "@/db/queries/outbox";
import { leaseDeliveries, recordDelivery } from "@/db/queries/webhook-deliveries";
import {
  endGeneration,
  LIVE_STATES,
  newPredictionId,
  reach,
  type Scene,
  word,
} from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 12 });
const clock = databaseClock(owner);
const userId = await createPerson(db, 100_000);
/** Each test begins at 0 s and moves the clock itself. */
let moveTo: Awaited<ReturnType<typeof clock.stop>>;

beforeEach(async () => {
  await clock.reset();
  for (const { id } of await owner<{ id: string }[]>`select id from generations where terminal_at is null`) {
    await endGeneration(db, id);
  }
  await owner`delete from outbox`;
  await owner`delete from webhook_deliveries`;
  moveTo = await clock.stop();
});

const dueIn = async (id: string) => {
  const [row] = await owner<{ seconds: number }[]>`
    select extract(epoch from due_at - app_now())::float as seconds from generations where id = ${id}`;
  return Math.round(row?.seconds ?? Number.NaN);
};
const lease = (limit: number, isStoring = false) => leaseGenerations(db, { limit, isStoring });
const leaseWebhooks = (limit: number) => leaseDeliveries(db, { limit, triesMax: 5 });
const deliver = (webhookId: string) =>
  recordDelivery(db, {
    webhookId,
    tokenHash: null,
    bodyHash: Buffer.alloc(32),
    prediction: word(newPredictionId(), "starting"),
  });

describe("live generations that are due", () => {
  it("go each to one of many sweepers, in batches, the longest due first", async () => {
    const scenes = await Promise.all(Array.from({ length: 60 }, () => reach(db, userId, "running")));
    await moveTo(60);
    const batches = await Promise.all(Array.from({ length: 12 }, () => lease(10)));
    const ids = batches.flat().map(({ id }) => id);
    expect(ids).toHaveLength(60);
    expect(new Set(ids)).toEqual(new Set(scenes.map(({ id }) => id)));
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(10);
    expect(await lease(10)).toEqual([]);
  });

  it("are not those that are not due, nor those that have ended", async () => {
    await reach(db, userId, "running");
    await reach(db, userId, "succeeded");
    expect(await lease(10)).toEqual([]);
  });

  it("and past their deadline are listed, the longest first, without those that have ended or have time", async () => {
    const due = (deadlineSeconds: number) => ({ policy: { deadlineSeconds } });
    await reach(db, userId, "failed", due(100));
    const later = await reach(db, userId, "running", due(300));
    const first = await reach(db, userId, "unknown", due(200));
    await reach(db, userId, "running", due(900));
    await moveTo(301);
    expect(await listOverdueGenerations(db, 10)).toEqual([
      { id: first.id, state: "unknown" },
      { id: later.id, state: "running" },
    ]);
  });

  it("come with all that the sweeper needs to know of them", async () => {
    const scenes: Scene[] = [];
    for (const state of LIVE_STATES) {
      scenes.push(await reach(db, userId, state));
    }
    await moveTo(120);
    const leased = [...(await lease(10)), ...(await lease(10, true))];
    const states = leased.map(({ state }) => state);
    expect(states.toSorted()).toEqual(Array.from<string>(LIVE_STATES).toSorted());
    for (const generation of leased) {
      const scene = scenes.find(({ id }) => id === generation.id);
      const isBound = generation.state === "running" || generation.state === "storing";
      const isOpen = generation.state === "dispatching" || generation.state === "unknown";
      expect(generation).toMatchObject({
        userId,
        isExpired: false,
        seed: 7,
        outputCount: 1,
        predictions: isBound ? [{ id: scene?.predictionId, keyId: null }] : [],
        openTokenHash: isOpen ? scene?.tokenHash.toString("hex") : null,
      });
      expect(generation.openSentAt !== null).toBe(isOpen);
    }
  });

  it("whose pictures are saved are apart from the others, so that files which stall hold up files alone", async () => {
    const saved = await reach(db, userId, "storing");
    const runs = await reach(db, userId, "running");
    await moveTo(91);
    expect(await lease(10)).toMatchObject([{ id: runs.id }]);
    expect(await lease(10, true)).toMatchObject([{ id: saved.id, state: "storing" }]);
    // The release before leases them all in one.
    await moveTo(300);
    const [row] = await db.$client`select lease_due_generations(10) as result`;
    expect(row?.result).toMatchObject([{ id: runs.id }, { id: saved.id }]);
  });

  it("[F-23] that run are polled after 5, 10, 20, 40 and then each 60 s", async () => {
    const { id } = await reach(db, userId, "running");
    const waits = [await dueIn(id)];
    let elapsed = 0;
    for (let number = 0; number < 6; number++) {
      elapsed += waits.at(-1) ?? 0;
      await moveTo(elapsed);
      const [leased] = await lease(1);
      expect(leased).toMatchObject({ id, tries: number + 1 });
      waits.push(await dueIn(id));
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60]);
  });

  it("that are being sent, or saved, are left alone for as long as that may take", async () => {
    const sent = await reach(db, userId, "dispatching");
    const saved = await reach(db, userId, "storing");
    expect(await dueIn(sent.id)).toBe(30);
    expect(await dueIn(saved.id)).toBe(90);
  });

  it("are looked at no later than at their deadline, and say then that they are expired", async () => {
    const { id } = await reach(db, userId, "running", { policy: { deadlineSeconds: 30 } });
    for (const seconds of [6, 17, 29]) {
      await moveTo(seconds);
      await lease(1);
    }
    expect(await dueIn(id)).toBe(1);
    await moveTo(30);
    expect(await lease(1)).toMatchObject([{ id, isExpired: true }]);
    expect(await dueIn(id)).toBe(1);
  });

  it("come again after any number of looks", async () => {
    const { id } = await reach(db, userId, "running");
    await owner`update generations set tries = 5000, due_at = app_now() where id = ${id}`;
    expect(await lease(1)).toMatchObject([{ id, tries: 5001 }]);
  });

  it("can be put off by whoever works on them, while they are where that one believes them", async () => {
    const { id } = await reach(db, userId, "storing");
    const step = { generationId: id, from: "storing", delaySeconds: 10 } as const;
    expect(await rescheduleGeneration(db, step)).toEqual({ outcome: "rescheduled" });
    expect(await dueIn(id)).toBe(10);
    expect(await rescheduleGeneration(db, { ...step, from: "running" })).toEqual({ outcome: "already" });
    expect(await rescheduleGeneration(db, { ...step, delaySeconds: 86_400 })).toEqual({
      outcome: "rescheduled",
    });
    expect(await dueIn(id)).toBeLessThanOrEqual(900);
  });

  it.for(["reserved", "storing"] as const)(
    "that are %s and come back to be put off are not counted as looks that nobody came back from",
    async (state) => {
      const { id } = await reach(db, userId, state);
      await owner`update generations set tries = 5 where id = ${id}`;
      await rescheduleGeneration(db, { generationId: id, from: state, delaySeconds: 1 });
      await moveTo(1);
      expect(await lease(1, state === "storing")).toMatchObject([{ id, tries: 1 }]);
    },
  );
});

describe("recorded deliveries", () => {
  it("are one row an id, whoever brings it and however often", async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => deliver("msg_1")));
    expect(results.filter(({ outcome }) => outcome === "recorded")).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === "duplicate")).toHaveLength(49);
  });

  it("are left to their receiver for 10 s, then go each to one of many sweepers", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => deliver(`msg_${index}`)));
    await moveTo(9.999);
    expect(await leaseWebhooks(100)).toEqual([]);
    await moveTo(10);
    const batches = await Promise.all(Array.from({ length: 12 }, () => leaseWebhooks(7)));
    const ids = batches.flat().map(({ webhookId }) => webhookId);
    expect({ all: ids.length, different: new Set(ids).size }).toEqual({ all: 40, different: 40 });
  });

  it("that cannot be applied come back ever later and are given up in five minutes, which is told once", async () => {
    await deliver("msg_poison");
    const seen: [atSeconds: number, isDead: boolean][] = [];
    for (let seconds = 0; seconds <= 3_600; seconds += 10) {
      await moveTo(seconds);
      seen.push(...(await leaseWebhooks(10)).map(({ isDead }): [number, boolean] => [seconds, isDead]));
    }
    expect(seen).toEqual([
      [10, false],
      [20, false],
      [40, false],
      [80, false],
      [140, false],
      [200, true],
    ]);
    expect(await owner`select outcome from webhook_deliveries where processed_at is not null`).toEqual([
      { outcome: "dead" },
    ]);
  });

  it("that cannot be applied never stop the others from coming", async () => {
    await deliver("msg_poison");
    await deliver("msg_sound");
    await owner`update webhook_deliveries set tries = 4 where webhook_id = 'msg_poison'`;
    await moveTo(11);
    expect((await leaseWebhooks(10)).map(({ webhookId }) => webhookId).toSorted()).toEqual([
      "msg_poison",
      "msg_sound",
    ]);
  });

  it("come back for ever to a release that does not give up", async () => {
    await deliver("msg_poison");
    await owner`update webhook_deliveries set tries = 5000`;
    await moveTo(11);
    expect((await db.$client`select lease_deliveries(10) as result`)[0]?.result).toMatchObject([
      { webhookId: "msg_poison", tries: 5001, isDead: false },
    ]);
  });
});

describe("effects of the outbox", () => {
  async function want(count: number): Promise<void> {
    for (let number = 0; number < count; number++) {
      const { id } = await reach(db, userId, "running");
      await endGeneration(db, id);
    }
  }

  it("go each to one of many", async () => {
    await want(15);
    const batches = await Promise.all(
      Array.from({ length: 12 }, () => leaseOutbox(db, { limit: 4, triesMax: 8 })),
    );
    const ids = batches.flat().map(({ id }) => id);
    expect({ all: ids.length, different: new Set(ids).size }).toEqual({ all: 15, different: 15 });
  });

  it("that somebody is taking this moment are gone round, not waited for and not taken, too", async () => {
    await want(3);
    await createHold(owner)("select lease_outbox(2, 8)", async () => {
      const left = await Promise.race([leaseOutbox(db, { limit: 100, triesMax: 8 }), sleep(5_000)]);
      expect(left).toHaveLength(1);
    });
    expect(await leaseOutbox(db, { limit: 100, triesMax: 8 })).toEqual([]);
  });

  it("come again ever later until they are done, and no more then", async () => {
    await want(1);
    const waits: number[] = [];
    for (let number = 0; number < 4; number++) {
      const [effect] = await leaseOutbox(db, { limit: 1, triesMax: 8 });
      const [row] = await owner<{ seconds: number }[]>`
        select round(extract(epoch from due_at - app_now()))::int as seconds from outbox where id = ${effect?.id ?? 0}`;
      waits.push(row?.seconds ?? 0);
      await moveTo(waits.reduce((sum, wait) => sum + wait, 0));
    }
    expect(waits).toEqual([10, 20, 40, 80]);
    const [last] = await leaseOutbox(db, { limit: 1, triesMax: 8 });
    expect(await finishOutbox(db, last?.id ?? 0)).toEqual({ outcome: "done" });
    expect(await finishOutbox(db, last?.id ?? 0)).toEqual({ outcome: "already" });
    await moveTo(86_400);
    expect(await leaseOutbox(db, { limit: 1, triesMax: 8 })).toEqual([]);
  });

  it("are given up after too many tries, which is told once", async () => {
    await want(1);
    const seen: boolean[] = [];
    for (let hour = 1; hour <= 12; hour++) {
      await moveTo(hour * 3_600);
      seen.push(...(await leaseOutbox(db, { limit: 1, triesMax: 8 })).map(({ isDead }) => isDead));
    }
    expect(seen).toEqual([...Array.from({ length: 8 }, () => false), true]);
  });
});
