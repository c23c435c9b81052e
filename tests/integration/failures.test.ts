import { expect, it } from "vitest";
import { applyPrediction, expireGeneration, rejectAttempt } from "@/db/queries/generations";
import { binPictures } from "@/db/queries/library";
import { readFailures } from "@/lib/generation/read-failures";
import { reach, word } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const [ada, grace] = [await createPerson(db, 1_000), await createPerson(db, 1_000)];
const WEEK_MS = 7 * 24 * 3_600_000;

async function blocked(userId: string, by: "check" | "model") {
  if (by === "check") {
    const { id } = await reach(db, userId, "dispatching");
    await rejectAttempt(db, {
      generationId: id,
      number: 1,
      reason: "content_blocked",
      detail: "a guardrail",
    });
    return;
  }
  const { predictionId, tokenHash } = await reach(db, userId, "running");
  const prediction = word(predictionId, "failed", { reason: "content_blocked" });
  await applyPrediction(db, { prediction, tokenHash, source: "webhook" });
}

async function late(userId: string, request: object = {}) {
  const { id } = await reach(db, userId, "running", { request });
  await clock.shift("901 seconds");
  await expireGeneration(db, id);
  await clock.reset();
  return id;
}

it("a week of failures says how many for each reason and what came back, to each person of their own", async () => {
  await late(ada);
  await late(ada, { unit: "picture", unitPrice: 1 });
  await blocked(ada, "check");
  await blocked(ada, "model");
  await reach(db, ada, "succeeded");
  await reach(db, ada, "canceled");
  await blocked(grace, "model");
  expect(await readFailures({ db }, { userId: ada })).toEqual([
    { reason: "timed_out", count: 2, returned: 10 },
    { reason: "blocked_before", count: 1, returned: 10 },
    { reason: "content_blocked", count: 1, returned: 10 },
  ]);
  expect(await readFailures({ db }, { userId: null })).toEqual([
    { reason: "content_blocked", count: 2, returned: 20 },
    { reason: "timed_out", count: 2, returned: 10 },
    { reason: "blocked_before", count: 1, returned: 10 },
  ]);
  const nowMs = Date.now() + WEEK_MS + 60_000;
  expect(await readFailures({ db }, { userId: ada, nowMs })).toEqual([]);
  expect(await readFailures({ db }, { userId: null, nowMs })).toEqual([]);
});

it("what a person has dismissed is told to operators alone", async () => {
  const person = await createPerson(db, 100);
  const id = await late(person);
  await binPictures(db, { userId: person, imageIds: [], taskIds: [id] });
  expect(await readFailures({ db }, { userId: person })).toEqual([]);
  expect(await readFailures({ db }, { userId: null })).toContainEqual({
    reason: "timed_out",
    count: 3,
    returned: 20,
  });
});
