import { expect, it } from "vitest";
import { rejectAttempt } from "@/db/queries/generations";
import { readPauses } from "@/db/queries/pauses";
import { countSpend, limitSpend, readSpendLimit } from "@/db/queries/spend";
import { idFloor } from "@/lib/ids";
import { actAsOperator } from "@/lib/operators/act";
import { listAuditPage } from "@/lib/operators/read-lists";
import { endGeneration, reach, reserve } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);
const SENTENCE = "Today's pictures are all made; new ones start at midnight UTC.";
const NOON = "2031-05-04T12:00:00Z";
const NEXT_NOON = "2031-05-05T12:00:00Z";

/** As the sweep does, but with pictures that cost forty cents. */
const count = () =>
  countSpend(db, {
    floor: idFloor("generation", Date.now() - 3_600_000),
    costs: { "flux-dev": 400_000 },
    intervalSeconds: 10,
  });
const limit = (amount: number) =>
  actAsOperator({ db }, "usr_operator", { act: "limit_spend", amount, reason: SENTENCE });
const outcomeOf = async () => {
  const result = await reserve(db, userId);
  if (result.outcome === "reserved") {
    await endGeneration(db, result.id);
  }
  return result;
};

it("the day's limit stops submits before anything is held, is the day's alone, and is ended by an operator", async () => {
  await clock.freeze(NOON);
  expect(await count()).toEqual({ outcome: "unlimited" });
  await reach(db, userId, "succeeded");
  const running = await reach(db, userId, "running");
  await limit(1);
  expect(await count()).toEqual({ outcome: "counted" });
  expect(await count()).toEqual({ outcome: "waiting" });
  expect(await outcomeOf()).toMatchObject({ outcome: "reserved" });

  // What was refused before it was sent costs nothing; what was sent and failed is counted, as it may be billed.
  await endGeneration(db, running.id);
  await reach(db, userId, "reserved").then(({ id }) => endGeneration(db, id));
  await reach(db, userId, "succeeded");
  await clock.freeze("2031-05-04T12:00:11Z");
  expect(await count()).toEqual({ outcome: "counted" });
  expect(await outcomeOf()).toEqual({ outcome: "model_paused", sentence: SENTENCE });
  expect((await readPauses(db)).making).toBe(SENTENCE);

  await clock.freeze(NEXT_NOON);
  expect(await outcomeOf()).toMatchObject({ outcome: "reserved" });
  expect(await count()).toEqual({ outcome: "counted" });
  const [row] = await owner`select spent_microusd::int as spent, spent_on::text as day from spend_limits`;
  expect(row).toEqual({ spent: 0, day: "2031-05-05" });
  await clock.reset();
});

it("a limit that was raised is counted anew; the same one twice is one act of the audit", async () => {
  await clock.freeze("2031-05-06T12:00:00Z");
  await limitSpend(db, { limitMicrousd: null, sentence: "", actor: "operator:usr_operator" });
  await reach(db, userId, "succeeded");
  const { id } = await reach(db, userId, "dispatching");
  await rejectAttempt(db, { generationId: id, number: 1, reason: "content_blocked", detail: "E005" });
  await limit(2);
  await limit(2);
  await count();
  const [row] =
    await owner`select limit_microusd::int as limit, spent_microusd::int as spent from spend_limits`;
  expect(row).toEqual({ limit: 2_000_000, spent: 400_000 });
  expect(await readSpendLimit(db)).toMatchObject({ limitMicrousd: 2_000_000, sentence: SENTENCE });
  await limit(3);
  expect(await count()).toEqual({ outcome: "counted" });
  await actAsOperator({ db }, "usr_operator", { act: "unlimit_spend" });
  expect(await readSpendLimit(db)).toBeUndefined();
  await clock.reset();
  const { entries } = await listAuditPage({ db }, null);
  expect(entries.map(({ action }) => action)).toEqual([
    "unlimit_spend",
    "limit_spend",
    "limit_spend",
    "unlimit_spend",
    "limit_spend",
  ]);
});
