import { expect, it } from "vitest";
import { finishStoring } from "@/db/queries/generations";
import { listModelTimes } from "@/db/queries/model-times";
import { toTimes } from "@/lib/models/read-model-times";
import { asset, reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const userId = await createPerson(db, 1_000);

/** Pictures of a model that were asked for so many hours ago and took so many seconds. */
async function make(
  model: string,
  { count, hoursAgo, seconds }: Record<"count" | "hoursAgo" | "seconds", number>,
) {
  await clock.shift(`-${hoursAgo} hours`);
  const scenes = await Promise.all(
    Array.from({ length: count }, () => reach(db, userId, "storing", { request: { model } })),
  );
  await clock.shift(`-${hoursAgo} hours ${seconds} seconds`);
  for (const { id } of scenes) {
    await finishStoring(db, { generationId: id, assets: [asset()] });
  }
  await clock.reset();
}

it("a model's times are the last day's, and the week's while the day is thin", async () => {
  await make("flux-dev", { count: 20, hoursAgo: 200, seconds: 600 });
  await make("flux-dev", { count: 20, hoursAgo: 72, seconds: 60 });
  await make("flux-dev", { count: 20, hoursAgo: 2, seconds: 20 });
  await make("flux-pro", { count: 20, hoursAgo: 72, seconds: 60 });
  await make("flux-pro", { count: 5, hoursAgo: 2, seconds: 20 });
  const rows = await listModelTimes(db, [24, 168]);
  const counts = rows.map(({ model, hours, count }) => `${model} ${hours} ${count}`);
  expect(counts.toSorted()).toEqual([
    "flux-dev 168 40",
    "flux-dev 24 20",
    "flux-pro 168 25",
    "flux-pro 24 5",
  ]);
  const [lately, week] = [toTimes(rows, "lately"), toTimes(rows, "week")];
  // The statements in between take their time, too.
  const isAbout = (seconds = 0) => Math.round(seconds / 20) * 20;
  expect(isAbout(lately.get("flux-dev")?.usualSeconds)).toBe(20);
  expect(isAbout(week.get("flux-dev")?.usualSeconds)).toBe(40);
  expect(isAbout(lately.get("flux-pro")?.usualSeconds)).toBe(60);
});
