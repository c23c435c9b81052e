import { afterEach, describe, expect, it } from "vitest";
import { recordDelivery } from "@/db/queries/webhook-deliveries";
import { actAsOperator } from "@/lib/operators/act";
import { endGeneration, reach } from "@/tests/support/generations";
import { openStudio } from "@/tests/support/studio";
import { waitFor } from "@/tests/support/wait-for";

const studio = await openStudio();
afterEach(() => studio.calm());

async function makeUnder(fault: string, more: object = {}) {
  await studio.fault(fault, more);
  const userId = await studio.person();
  const id = await studio.submit(userId);
  await studio.dispatch(id);
  return { id, userId };
}
const deliveriesOf = async (id: string) => {
  const [row] = await studio.owner<{ all: number; applied: number; effective: number }[]>`
    select count(*)::int as all, count(processed_at)::int as applied,
           count(*) filter (where outcome in ('store', 'settled'))::int as effective from webhook_deliveries d
     where exists (select 1 from attempts a where a.generation_id = ${id} and a.prediction_id = d.prediction ->> 'id')`;
  return row;
};
const paid = { available: 95, held: 0 };

describe("[F-18] [F-19] [F-20] [F-25] deliveries that come in their own way", () => {
  it.for([
    "webhook-early-start",
    "webhook-early-completed",
    "webhook-duplicate",
    "webhook-duplicate-storm",
    "webhook-swap",
    "webhook-first-tries-lost",
    "webhook-replay-soon",
    "webhook-two-signatures",
    "webhook-both-secrets",
    "webhook-body-proto",
    "webhook-body-html-type",
  ])("bring one picture, stored and charged once: %s", async (fault) => {
    const { id, userId } = await makeUnder(fault);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", refunded: 0 });
    await studio.assertPicturesAreWhole(id);
    expect(await studio.predictionsOf(id)).toHaveLength(1);
    expect(await studio.balanceOf(userId)).toMatchObject(paid);
    expect((await deliveriesOf(id))?.effective).toBeLessThanOrEqual(1);
  });

  it("fifty times at once are one row each, all of them acknowledged", async () => {
    const { id } = await makeUnder("webhook-duplicate-storm");
    await studio.ended(id);
    await waitFor(async () => (await studio.answersTo(id)).length >= 50, { what: "all copies" });
    expect(new Set(await studio.answersTo(id))).toEqual(new Set([200]));
    expect((await deliveriesOf(id))?.all).toBeLessThanOrEqual(2);
  });
});

describe("[F-22] deliveries that contradict each other", () => {
  it("count as the first that is settled has it, and the picture is theirs either way", async () => {
    const { id, userId } = await makeUnder("webhook-contradiction");
    const { status } = await studio.ended(id);
    await waitFor(async () => (await deliveriesOf(id))?.applied === 3, { what: "all deliveries" });
    await studio.sweepAt(60);
    await studio.assertPicturesAreWhole(id);
    expect(await studio.predictionsOf(id)).toHaveLength(1);
    // Both are answered before either is applied, so which one is first is chance. A failure that is contradicted stays
    // given back, and what was made all the same is not charged for.
    expect(["succeeded", "failed"]).toContain(status);
    const returned = { available: 100, held: 0 };
    expect(await studio.balanceOf(userId)).toMatchObject(status === "succeeded" ? paid : returned);
  });
});

describe("[F-24] [F-31] deliveries that are refused", () => {
  it.for([
    ["webhook-unsigned", 401],
    ["webhook-no-signature", 401],
    ["webhook-empty-signature", 401],
    ["webhook-garbage-signature", 401],
    ["webhook-wrong-key", 401],
    ["webhook-truncated-signature", 401],
    ["webhook-wrong-prefix", 401],
    ["webhook-other-id", 401],
    ["webhook-changed-body", 401],
    ["webhook-old-secret", 401],
    ["webhook-clock-behind", 400],
    ["webhook-clock-ahead", 400],
    ["webhook-body-malformed", 400],
    ["webhook-body-array", 400],
    ["webhook-body-no-id", 400],
    ["webhook-body-wrong-types", 400],
    ["webhook-body-empty", 400],
  ] as const)("write nothing, and a poll brings the picture all the same: %s", async ([fault, status]) => {
    const { id, userId } = await makeUnder(fault);
    await studio.finishedUpstream(id);
    await waitFor(async () => (await studio.answersTo(id)).includes(status), {
      what: "a delivery to be refused",
    });
    expect(await studio.answersTo(id)).not.toContain(200);
    expect(await deliveriesOf(id)).toMatchObject({ all: 0, effective: 0 });
    expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
    await studio.sweepAt(6);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    expect(await studio.balanceOf(userId)).toMatchObject(paid);
  });
});

describe("deliveries that are somebody else's", () => {
  it("[F-26] at another generation's address are not taken for that one's", async () => {
    const first = await studio.submit(await studio.person(), { inputPrompt: "a hare" });
    await studio.dispatch(first);
    await studio.ended(first);
    const { id, userId } = await makeUnder("webhook-wrong-url");
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded", prompt: "a fox" });
    await studio.assertPicturesAreWhole(id);
    expect(await studio.taskOf(first)).toMatchObject({ status: "succeeded", prompt: "a hare" });
    expect(await studio.balanceOf(userId)).toMatchObject(paid);
  });

  it("[F-27] about predictions that nobody here made are acknowledged and change nothing", async () => {
    const { id } = await makeUnder("webhook-stranger");
    await studio.finishedUpstream(id);
    await waitFor(async () => (await studio.answersTo(id)).includes(200), {
      what: "the stranger's delivery to be acknowledged",
    });
    await studio.sweepAt(20);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    const [row] = await studio.owner`
      select count(*)::int as count from webhook_deliveries where outcome in ('not_ours', 'extra')`;
    expect(row?.count).toBeGreaterThan(0);
  });
});

describe("[F-66] a delivery that nobody can apply", () => {
  it("is given up within five minutes and holds up nobody, and an operator can have it replayed", async () => {
    const userId = await studio.person();
    const { id, tokenHash } = await reach(studio.db, userId, "running");
    const webhookId = `msg_odd_${id}`;
    // As one that a later release wrote in a shape of its own.
    const prediction = { shape: "of tomorrow" };
    await recordDelivery(studio.db, { webhookId, tokenHash, bodyHash: Buffer.alloc(32), prediction });
    const row = async () => {
      const [found] = await studio.owner`
        select tries, outcome, processed_at is not null as is_closed from webhook_deliveries where webhook_id = ${webhookId}`;
      return found;
    };
    for (let seconds = 15; seconds < 300; seconds += 15) {
      await studio.sweepAt(seconds);
    }
    expect(await row()).toEqual({ tries: 6, outcome: "dead", is_closed: true });
    await studio.sweepAt(600);
    expect(await row()).toMatchObject({ tries: 6 });
    await actAsOperator(studio.services, "ada", { act: "replay", generationId: id });
    expect(await row()).toEqual({ tries: 0, outcome: null, is_closed: false });
    await studio.owner`delete from webhook_deliveries where webhook_id = ${webhookId}`;
    await endGeneration(studio.db, id);
    await studio.owner`update outbox set done_at = now() where done_at is null`;
  });
});

describe("[F-30] a door that is shut", () => {
  it("is knocked at again by the sender, or done without", async () => {
    studio.door.mode = "closed";
    const userId = await studio.person();
    const id = await studio.submit(userId);
    await studio.dispatch(id);
    await studio.finishedUpstream(id);
    expect(await studio.taskOf(id)).toMatchObject({ status: "processing" });
    studio.door.mode = "open";
    await studio.sweepAt(6);
    expect(await studio.ended(id)).toMatchObject({ status: "succeeded" });
    expect(await studio.balanceOf(userId)).toMatchObject(paid);
  });
});
