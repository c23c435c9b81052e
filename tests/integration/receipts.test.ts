import { describe, expect, it } from "vitest";
import { applyPrediction, expireGeneration, finishStoring, rejectAttempt } from "@/db/queries/generations";
import { refundGeneration } from "@/db/queries/operations";
import { Receipt } from "@/lib/contracts/receipt";
import { readReceipt } from "@/lib/generation/read-receipt";
import { asset, endGeneration, LIVE_STATES, reach, word } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);

async function receiptOf(
  generationId: string,
  principal: Partial<{ userId: string; role: "user" | "operator" }> = {},
) {
  const receipt = await readReceipt(
    { db },
    { principal: { userId, role: "user", ...principal }, generationId },
  );
  return receipt && Receipt.parse(receipt);
}
const sumsOf = (receipt: Receipt | null) =>
  receipt?.movements.map(({ lines }) => lines.reduce((sum, { amount }) => sum + amount, 0));

describe("a receipt", () => {
  it("of a picture says what was quoted, held and charged, by which sign, line by line", async () => {
    const { id, predictionId } = await reach(db, userId, "succeeded");
    const receipt = await receiptOf(id);
    expect(receipt).toMatchObject({
      status: "succeeded",
      reason: null,
      unit: "credit",
      quoted: { perPicture: 10, pictures: 1, total: 10 },
      held: 10,
      captured: 10,
      released: 0,
      refunded: 0,
      stored: 1,
      signal: "webhook",
      attempts: [{ number: 1, predictionId }],
    });
    expect(receipt?.steps.map(({ state, signal }) => `${state} ${signal}`)).toEqual([
      "reserved submit",
      "dispatching dispatch",
      "storing webhook",
      "succeeded store",
    ]);
    expect(
      receipt?.movements.map(({ kind, lines }) => [
        kind,
        ...lines.map((line) => `${line.account} ${line.amount}`),
      ]),
    ).toEqual([
      ["reserve", "available -10", "held 10"],
      ["capture", "held -10", "revenue 10"],
    ]);
    expect(sumsOf(receipt)).toEqual([0, 0]);
  });

  it.for(["webhook", "poll"] as const)("says whether a %s brought the word", async (source) => {
    const { id, predictionId, tokenHash } = await reach(db, userId, "running");
    await applyPrediction(db, { prediction: word(predictionId, "succeeded"), tokenHash, source });
    await finishStoring(db, { generationId: id, assets: [asset()] });
    expect(await receiptOf(id)).toMatchObject({ signal: source });
    const other = await reach(db, userId, "running");
    const failed = word(other.predictionId, "failed", { reason: "content_blocked" });
    await applyPrediction(db, { prediction: failed, tokenHash: other.tokenHash, source });
    expect(await receiptOf(other.id)).toMatchObject({
      signal: source,
      reason: "content_blocked",
      blockedBy: "model",
      captured: 0,
      released: 10,
    });
  });

  it.for(["webhook", "poll"] as const)(
    "tells for how long the model ran, as a %s said first",
    async (source) => {
      const { id, predictionId, tokenHash } = await reach(db, userId, "running");
      const say = (status: "processing" | "succeeded", providerMs: number | null) =>
        applyPrediction(db, { prediction: { ...word(predictionId, status), providerMs }, tokenHash, source });
      const timeOf = async () => (await receiptOf(id))?.attempts.map(({ providerMs }) => providerMs);
      await say("processing", null);
      expect(await timeOf()).toEqual([null]);
      await say("succeeded", 3_214);
      expect(await timeOf()).toEqual([3_214]);
      await say("succeeded", 9_999);
      await say("succeeded", null);
      expect(await timeOf()).toEqual([3_214]);
    },
  );

  it("tells for how long the model ran where the create's answer brought the end", async () => {
    const { id, tokenHash } = await reach(db, userId, "dispatching");
    const prediction = { ...word(`made${id.slice(-20)}`, "failed"), providerMs: 40 };
    await applyPrediction(db, { prediction, tokenHash, source: "create" });
    expect(await receiptOf(id)).toMatchObject({ status: "failed", attempts: [{ providerMs: 40 }] });
  });

  it("of a prompt that was stopped before it was sent does not put it down to the model", async () => {
    const { id } = await reach(db, userId, "dispatching");
    await rejectAttempt(db, {
      generationId: id,
      number: 1,
      reason: "content_blocked",
      detail: "a guardrail",
    });
    expect(await receiptOf(id)).toMatchObject({
      reason: "content_blocked",
      blockedBy: "check",
      captured: 0,
      released: 10,
    });
  });

  it("of two pictures of which one came charges one and returns the other", async () => {
    const { id } = await reach(db, userId, "storing", { request: { outputCount: 2 } });
    await finishStoring(db, { generationId: id, assets: [asset()] });
    const receipt = await receiptOf(id);
    expect(receipt).toMatchObject({ held: 20, captured: 10, released: 10, stored: 1 });
    expect(sumsOf(receipt)).toEqual([0, 0]);
  });

  it("of what the deadline ended says so", async () => {
    const { id } = await reach(db, userId, "running");
    await clock.shift("901 seconds");
    await expireGeneration(db, id);
    await clock.reset();
    expect(await receiptOf(id)).toMatchObject({ signal: "deadline", reason: "timed_out", released: 10 });
  });

  it("of a refund shows it, and not who gave it", async () => {
    const { id } = await reach(db, userId, "succeeded");
    await refundGeneration(db, {
      generationId: id,
      amount: 10,
      actor: "operator:lovelace",
      reason: "it was black",
    });
    const receipt = await receiptOf(id);
    expect(receipt).toMatchObject({ captured: 10, refunded: 10 });
    expect(receipt?.movements.at(-1)).toMatchObject({ kind: "refund", signal: "operator" });
    expect(JSON.stringify(receipt)).not.toContain("lovelace");
  });

  it("of a free picture counts in pictures", async () => {
    const { id } = await reach(db, userId, "succeeded", { request: { unit: "picture", unitPrice: 1 } });
    expect(await receiptOf(id)).toMatchObject({ unit: "picture", held: 1, captured: 1 });
  });

  it.for(LIVE_STATES)("of one that is %s has no end yet", async (state) => {
    const { id } = await reach(db, userId, state);
    expect(await receiptOf(id)).toMatchObject({
      status: "processing",
      captured: null,
      released: null,
      signal: null,
    });
    await endGeneration(db, id);
  });

  it("is its owner's and the operators', and for anybody else it is not there", async () => {
    const { id } = await reach(db, userId, "succeeded");
    expect(await receiptOf(id, { userId: "usr_other" })).toBeNull();
    expect(await receiptOf(id, { userId: "usr_other", role: "operator" })).toMatchObject({ id });
    expect(await receiptOf("gen_none", { role: "operator" })).toBeNull();
  });
});
