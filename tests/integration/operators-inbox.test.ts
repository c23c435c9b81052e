import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { applyPrediction } from "@/db/queries/generations";
import { listDeliveries } from "@/db/queries/inbox";
import { leaseDeliveries, recordDelivery } from "@/db/queries/webhook-deliveries";
import { actAsOperator } from "@/lib/operators/act";
import { listInbox } from "@/lib/operators/read-inbox";
import { endGeneration, newPredictionId, reach, word } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);
const SECRET = "https://example.com/api/webhooks/replicate?token=secret";

type Said = ReturnType<typeof word>;
/** A delivery that is written down, and applied unless it is to wait. */
async function deliver(webhookId: string, said: Said, tokenHash: Buffer | null, isApplied = true) {
  const prediction = { ...said, webhook: SECRET, promptHash: "hash", keyId: null, seed: 7 };
  await recordDelivery(db, { webhookId, tokenHash, bodyHash: randomBytes(32), prediction });
  if (isApplied) {
    await applyPrediction(db, { prediction, tokenHash, source: "webhook", webhookId });
  }
}
const list = async (state: Parameters<typeof listInbox>[1]["state"], before: string | null = null) =>
  (await listInbox({ db }, { state, generationId: null, before })).deliveries;

const live = await reach(db, userId, "running");
const ended = await reach(db, userId, "running");
const dead = await reach(db, userId, "running");
const minute = await clock.stop();
await deliver("msg_1_running", word(live.predictionId, "processing"), live.tokenHash);
await minute(60);
await deliver("msg_2_settled", word(ended.predictionId, "failed"), ended.tokenHash);
await minute(120);
await deliver("msg_3_late", word(ended.predictionId, "succeeded"), ended.tokenHash);
await minute(180);
await deliver("msg_4_stranger", word(newPredictionId(), "succeeded"), null);
await minute(240);
await deliver("msg_5_dead", word(dead.predictionId, "succeeded"), dead.tokenHash, false);
await owner`update webhook_deliveries set tries = 5 where webhook_id = 'msg_5_dead'`;
await minute(300);
await leaseDeliveries(db, { limit: 50, triesMax: 5 });
await deliver("msg_6_waiting", word(live.predictionId, "succeeded"), live.tokenHash, false);
await clock.reset();

describe("the inbox", () => {
  it("tells of each delivery what it said, whose it is, what came of it and how long that took", async () => {
    const deliveries = await list(null);
    expect(
      deliveries.map(({ webhookId, outcome, task }) => [webhookId, outcome, task?.generationId ?? null]),
    ).toEqual([
      ["msg_6_waiting", null, live.id],
      ["msg_5_dead", "dead", dead.id],
      ["msg_4_stranger", "not_ours", null],
      ["msg_3_late", "late", ended.id],
      ["msg_2_settled", "settled", ended.id],
      ["msg_1_running", "running", live.id],
    ]);
    expect(deliveries[1]).toMatchObject({ lagSeconds: 60, tries: 6 });
    expect(deliveries[3]).toMatchObject({
      lagSeconds: 0,
      prediction: { id: ended.predictionId, status: "succeeded", outputCount: 1, seed: 7 },
    });
  });

  it("hands out no address: one of them holds the token", async () => {
    const text = JSON.stringify(await list(null));
    for (const kept of ["secret", "promptHash", "replicate.delivery"]) {
      expect(text).not.toContain(kept);
    }
  });

  it("is filtered by what came of it", async () => {
    const idsOf = async (state: Parameters<typeof list>[0]) =>
      (await list(state)).map(({ webhookId }) => webhookId);
    expect(await idsOf("waiting")).toEqual(["msg_6_waiting"]);
    expect(await idsOf("applied")).toEqual(["msg_2_settled", "msg_1_running"]);
    expect(await idsOf("ignored")).toEqual(["msg_4_stranger", "msg_3_late"]);
    expect(await idsOf("dead")).toEqual(["msg_5_dead"]);
  });

  it("is of one task alone, by the addresses of its attempts", async () => {
    const idsOf = async (generationId: string, state: Parameters<typeof list>[0] = null) =>
      (await listInbox({ db }, { state, generationId, before: null })).deliveries.map(
        ({ webhookId }) => webhookId,
      );
    expect(await idsOf(ended.id)).toEqual(["msg_3_late", "msg_2_settled"]);
    expect(await idsOf(ended.id, "ignored")).toEqual(["msg_3_late"]);
    expect(await idsOf(live.id, "waiting")).toEqual(["msg_6_waiting"]);
    expect(await idsOf("gen_none")).toEqual([]);
  });

  it("goes on where its page ended, each delivery once", async () => {
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listDeliveries>> = await listDeliveries(db, {
        state: null,
        generationId: null,
        before,
        limit: 4,
      });
      seen.push(...page.deliveries.map(({ webhookId }) => webhookId));
      before = page.nextBefore;
    } while (before);
    expect(seen).toEqual((await list(null)).map(({ webhookId }) => webhookId));
    expect(await list(null, "msg_none")).toEqual([]);
  });

  it("looks at so many at most and says where to go on, but for what waits", async () => {
    await owner`insert into webhook_deliveries
        (provider, webhook_id, body_hash, prediction, received_at, processed_at, outcome)
      select 'replicate', 'msg_crowd_' || lpad(n::text, 4, '0'), 'x', '{"id": "p", "status": "succeeded"}',
             now() + interval '1 hour', now() + interval '1 hour', 'not_ours' from generate_series(1, 2000) n`;
    const page = await listInbox({ db }, { state: "dead", generationId: null, before: null });
    expect(page).toMatchObject({ deliveries: [], nextBefore: "msg_crowd_0001" });
    expect(await list("dead", page.nextBefore)).toMatchObject([{ webhookId: "msg_5_dead" }]);
    expect(await list("waiting")).toHaveLength(1);
    await owner`delete from webhook_deliveries where webhook_id like 'msg_crowd%'`;
  });

  it("offers once more what a task can still learn from, and the act has it applied", async () => {
    const offered = (await list(null)).filter(({ canReplay }) => canReplay);
    expect(offered.map(({ webhookId }) => webhookId)).toEqual([
      "msg_6_waiting",
      "msg_5_dead",
      "msg_1_running",
    ]);
    await actAsOperator({ db }, "usr_operator", { act: "replay", generationId: dead.id });
    expect((await list("waiting")).map(({ webhookId }) => webhookId)).toContain("msg_5_dead");
    await endGeneration(db, dead.id);
    await endGeneration(db, live.id);
    const still = (await list(null)).filter(({ canReplay }) => canReplay);
    expect(still.map(({ webhookId }) => webhookId)).toEqual(["msg_6_waiting", "msg_5_dead"]);
    await owner`delete from webhook_deliveries`;
  });
});
