import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkInvariants } from "@/db/check-invariants";
import {
  applyPrediction,
  beginDispatch,
  cancelGeneration,
  delayAttempt,
  expireGeneration,
  failGeneration,
  finishStoring,
  markAttemptUnknown,
  noteEmptyListing,
  rejectAttempt,
} from "@/db/queries/generations";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import {
  asset,
  endGeneration,
  LIVE_STATES,
  newPredictionId,
  reserve,
  word,
} from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner, database } = await openTestLedger({ poolMax: 12 });

/** What the test itself knows of a generation it submitted. */
type Known = { id: string; tokens: Buffer[]; predictionIds: string[] };

const STEPS = [
  "submit",
  "submit free",
  "dispatch",
  "starting",
  "processing",
  "succeeded",
  "failed",
  "canceled",
  "extra",
  "unknown",
  "delay",
  "reject",
  "empty listing",
  "finish one",
  "finish all",
  "fail",
  "cancel",
  "expire",
] as const;
type Step = { step: (typeof STEPS)[number]; pick: number; count: number };

const steps = fc.array(
  fc.record({ step: fc.constantFrom(...STEPS), pick: fc.nat(30), count: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 10, maxLength: 40 },
);

async function run(userId: string, known: Known[], { step, pick, count }: Step): Promise<void> {
  if (step === "submit" || step === "submit free") {
    const free = step === "submit free" ? { unit: "picture" as const, unitPrice: 1 } : {};
    const result = await reserve(db, userId, { request: { outputCount: count, ...free } });
    if (result.outcome === "reserved") {
      known.push({ id: result.id, tokens: [], predictionIds: [] });
    }
    return;
  }
  const target = known[pick % Math.max(1, known.length)];
  if (!target) {
    return;
  }
  const generationId = target.id;
  const number = Math.max(1, count % 3);
  switch (step) {
    case "dispatch": {
      const { tokenHash } = createAttemptToken();
      target.tokens.push(tokenHash);
      target.predictionIds.push(newPredictionId());
      await beginDispatch(db, { generationId, tokenHash });
      return;
    }
    case "starting":
    case "processing":
    case "succeeded":
    case "failed":
    case "canceled":
    case "extra": {
      const which = pick % Math.max(1, target.tokens.length);
      const tokenHash = target.tokens[which] ?? null;
      const id = step === "extra" ? newPredictionId() : (target.predictionIds[which] ?? newPredictionId());
      const prediction = word(id, step === "extra" ? "starting" : step);
      await applyPrediction(db, { prediction, tokenHash: count === 4 ? null : tokenHash, source: "webhook" });
      return;
    }
    case "unknown":
      await markAttemptUnknown(db, { generationId, number, detail: "x" });
      return;
    case "delay":
      await delayAttempt(db, {
        generationId,
        number,
        tokenHash: target.tokens[number - 1] ?? createAttemptToken().tokenHash,
        delaySeconds: count,
        detail: "x",
      });
      return;
    case "reject":
      await rejectAttempt(db, { generationId, number, reason: "invalid_input", detail: "x" });
      return;
    case "empty listing":
      await noteEmptyListing(db, { generationId, number, seen: count % 2 });
      return;
    case "finish one":
      await finishStoring(db, { generationId, assets: [asset()] });
      return;
    case "finish all":
      await finishStoring(db, { generationId, assets: await assetsFor(generationId) });
      return;
    case "fail": {
      const from = LIVE_STATES[pick % LIVE_STATES.length] ?? "running";
      await failGeneration(db, { generationId, from, cause: "sweep", reason: "internal", detail: "x" });
      return;
    }
    case "cancel":
      await cancelGeneration(db, { userId, generationId });
      return;
    case "expire":
      await expireGeneration(db, generationId);
      return;
  }
}

async function assetsFor(generationId: string) {
  const [row] = await owner<
    { count: number }[]
  >`select output_count as count from generations where id = ${generationId}`;
  return Array.from({ length: row?.count ?? 1 }, (_, position) => asset(position));
}

/** Granted = to spend + held + captured, in one snapshot, whatever is going on. */
async function sumsOf(userId: string) {
  const [row] = await owner<{ there: number; captured: number }[]>`
    select (select sum(balance)::int from ledger_accounts where user_id = ${userId} and unit = 'credit') as there,
           (select coalesce(sum(captured_amount), 0)::int from generations
             where user_id = ${userId} and unit = 'credit') as captured`;
  return (row?.there ?? 0) + (row?.captured ?? 0);
}

describe("for any steps in any order, any of them twice", () => {
  it("nothing is lost or made, and every invariant holds", async () => {
    const property = fc.asyncProperty(steps, async (script) => {
      const userId = await createPerson(db, 120);
      const known: Known[] = [];
      for (const step of script) {
        await run(userId, known, step);
        expect(await sumsOf(userId)).toBe(120);
      }
    });
    await fc.assert(property, { numRuns: 40, endOnFailure: true });
    expect(await checkInvariants(database.ownerUrl)).toEqual([]);
  });

  it("[F-63] the same when they race, seen at any moment, and nothing waits in a ring", async () => {
    const property = fc.asyncProperty(steps, async (script) => {
      const userId = await createPerson(db, 120);
      const known: Known[] = [];
      for (const step of script.filter(
        ({ step: name }) => name.startsWith("submit") || name === "dispatch",
      )) {
        await run(userId, known, step);
      }
      const [sums] = await Promise.all([
        Promise.all(Array.from({ length: 5 }, () => sumsOf(userId))),
        ...[...script, ...script].map((step) => run(userId, known, step)),
      ]);
      expect(new Set(sums)).toEqual(new Set([120]));
      expect(await sumsOf(userId)).toBe(120);
    });
    await fc.assert(property, { numRuns: 40, endOnFailure: true });
    expect(await checkInvariants(database.ownerUrl)).toEqual([]);
  });

  it("and when everything has ended, nothing is held", async () => {
    for (const { id } of await owner<
      { id: string }[]
    >`select id from generations where terminal_at is null`) {
      await endGeneration(db, id);
    }
    const [row] = await owner`select sum(balance)::int as held from ledger_accounts where kind = 'held'`;
    expect(row?.held).toBe(0);
  });
});
