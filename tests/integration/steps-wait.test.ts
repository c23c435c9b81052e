import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { expect, it } from "vitest";
import { findDrift } from "@/db/queries/ledger-checks";
import { binPictures, purgeBin } from "@/db/queries/library";
import { grantCredits, setRole } from "@/db/queries/operations";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { takeBackLinks } from "@/db/queries/shares";
import { createAttemptToken } from "@/lib/generation/attempt-token";
import { newId } from "@/lib/ids";
import { asset, reach } from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

// A step that reads a row before it has it acts on what is no longer so. Here each step comes while another transaction, not
// committed yet, changes what it is for: most often, it ends the generation.

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const hold = createHold(owner);

const EMPTYING = { days: 30, limit: 100 };
const ALREADY = { outcome: "already", state: "failed" };
const assets = () => JSON.stringify([asset()]);

type Step = (id: string, userId: string) => postgres.PendingQuery<postgres.Row[]>;
const sql = db.$client;

it.for<[name: string, state: "reserved" | "dispatching" | "unknown" | "running" | "storing", Step, unknown]>([
  [
    "a dispatch",
    "reserved",
    (id) => sql`select begin_dispatch(${id}, ${createAttemptToken().tokenHash}) as result`,
    { outcome: "stop", state: "failed" },
  ],
  [
    "a refused create",
    "dispatching",
    (id) => sql`select reject_attempt(${id}, 1, 'internal', 'x') as result`,
    ALREADY,
  ],
  [
    "an unanswered create",
    "dispatching",
    (id) => sql`select mark_unanswered(${id}, 1, 'x') as result`,
    ALREADY,
  ],
  [
    "a create put off",
    "dispatching",
    (id) => sql`select put_off_attempt(${id}, 1, null, 2, 'x') as result`,
    ALREADY,
  ],
  ["an empty listing", "unknown", (id) => sql`select note_unlisted(${id}, 1, 0) as result`, ALREADY],
  [
    "a person's cancel",
    "running",
    (id, userId) => sql`select cancel_generation(${userId}, ${id}) as result`,
    ALREADY,
  ],
  [
    "a failure",
    "running",
    (id) => sql`select fail_generation(${id}, 'running', 'sweep', 'internal', 'y') as result`,
    ALREADY,
  ],
  ["the deadline", "running", (id) => sql`select expire_generation(${id}) as result`, ALREADY],
  [
    "an operator's look",
    "running",
    (id) => sql`select look_now(${id}, 'operator:ada') as result`,
    { outcome: "already" },
  ],
  [
    "an operator's release",
    "running",
    (id) => sql`select release_for_operator(${id}, 'operator:ada', 'x') as result`,
    { outcome: "already" },
  ],
  [
    "stored pictures",
    "storing",
    (id) => sql`select finish_storing(${id}, ${assets()}::text::jsonb) as result`,
    ALREADY,
  ],
])("%s waits for the step before it, and sees what that did", async ([, state, step, answer]) => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, state);
  await clock.shift("16 minutes");
  let answered: Promise<unknown> | undefined;
  await hold(`select fail_generation('${id}', '${state}', 'sweep', 'internal', 'x')`, async (_, waiting) => {
    answered = step(id, userId).execute();
    await waiting(1);
  });
  expect(await answered).toEqual([{ result: answer }]);
  await clock.reset();
  const [row] = await owner`select count(*)::int as count from generation_events
    where generation_id = ${id} and to_state = 'failed'`;
  expect(row).toEqual({ count: 1 });
  expect(await findDrift(db)).toEqual([]);
});

it("late pictures that two bring at once are theirs once", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "failed");
  let second: Promise<unknown> | undefined;
  await hold(`select finish_late('${id}', '${assets()}')`, async (_, waiting) => {
    second = sql`select finish_late(${id}, ${assets()}::text::jsonb) as result`.execute();
    await waiting(1);
  });
  expect(await second).toEqual([{ result: ALREADY }]);
});

it("what is taken out of the bin this moment is not emptied with it: pictures", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "succeeded");
  const [picture] = await owner<{ id: string }[]>`
    update assets set deleted_at = app_now() - interval '31 days' where generation_id = ${id} returning id`;
  const restore = `select restore_pictures('${userId}', '["${picture?.id}"]', '[]')`;
  await hold(restore, async () => {
    expect(await Promise.race([purgeBin(db, EMPTYING), sleep(5_000)])).toMatchObject({ pictures: 0 });
  });
  const [left] = await owner`select deleted_at, purged_at from assets where generation_id = ${id}`;
  expect(left).toEqual({ deleted_at: null, purged_at: null });
});

it("what is taken out of the bin this moment is not emptied with it: tasks that brought none", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "failed");
  await owner`update generations set deleted_at = app_now() - interval '31 days' where id = ${id}`;
  await hold(`select restore_pictures('${userId}', '[]', '["${id}"]')`, async () => {
    expect(await Promise.race([purgeBin(db, EMPTYING), sleep(5_000)])).toMatchObject({ tasks: 0 });
  });
  const [left] = await owner<{ prompt: string }[]>`select prompt from generations where id = ${id}`;
  expect(left?.prompt).not.toBe("");
});

it("an act on many pictures has all their generations before it writes to one, so that two never wait in a ring", async () => {
  const userId = await createPerson(db, 50);
  const [one, other] = [await reach(db, userId, "succeeded"), await reach(db, userId, "succeeded")];
  const pictures = await owner<{ id: string }[]>`
    select id from assets where generation_id in ${owner([one.id, other.id])} order by generation_id desc`;
  const imageIds = pictures.map(({ id }) => id);
  let marking: Promise<unknown> | undefined;
  await hold(`select 1 from generations where id = '${one.id}' for update`, async (holder, waiting) => {
    // Not as a step: that makes the one again which the database has thrown out of the ring.
    marking =
      sql`select favour_pictures(${userId}, ${JSON.stringify(imageIds)}::text::jsonb, true) as result`.execute();
    await waiting(1);
    await holder`select 1 from generations where id = ${other.id} for update`;
    await holder`select 1 from assets where id in ${holder(imageIds)} for update`;
  });
  expect(await marking).toEqual([{ result: { outcome: "done", count: 2 } }]);
});

it("an act on pictures waits for nothing but their own generations", async () => {
  const userId = await createPerson(db);
  const [made, beside, theirs] = [
    await reach(db, userId, "succeeded"),
    await reach(db, userId, "succeeded"),
    await reach(db, await createPerson(db), "succeeded"),
  ];
  const asked = await owner<{ id: string }[]>`
    select id from assets where generation_id in ${owner([made.id, theirs.id])}`;
  const imageIds = asked.map(({ id }) => id);
  await hold(
    `select 1 from generations where id in ('${beside.id}', '${theirs.id}') for update`,
    async () => {
      const act = await Promise.race([binPictures(db, { userId, imageIds, taskIds: [] }), sleep(5_000)]);
      expect(act).toEqual({ outcome: "done", count: 1 });
    },
  );
});

it("a movement waits for nobody who has the house's accounts", async () => {
  const gift = {
    userId: await createPerson(db),
    amount: 5,
    key: newId("request"),
    actor: "operator:ada" as const,
    reason: "x",
  };
  await hold("select 1 from ledger_accounts where user_id is null for no key update", async () => {
    const given = await Promise.race([grantCredits(db, gift), sleep(5_000)]);
    expect(given).toMatchObject({ outcome: "granted" });
  });
});

it("links are taken back also of pictures that are stored this moment", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "storing", { request: { audience: "link" } });
  let takingBack: Promise<unknown> | undefined;
  await hold(`select finish_storing('${id}', '${assets()}')`, async (_, waiting) => {
    takingBack = takeBackLinks(db, { userId });
    await waiting(1);
  });
  expect(await takingBack).toEqual({ outcome: "done", count: 1 });
  expect(await owner`select audience from assets where generation_id = ${id}`).toEqual([
    { audience: "private" },
  ]);
});

it("a role that two give at once is given once, and stands once in the audit", async () => {
  const userId = await createPerson(db, 0);
  let again: Promise<unknown> | undefined;
  const role = { userId, role: "operator", actor: "operator:ada", reason: "She helps out" } as const;
  await hold(
    `select set_role('${userId}', 'operator', 'operator:ada', 'She helps out')`,
    async (_, waiting) => {
      again = setRole(db, role);
      await waiting(1);
    },
  );
  expect(await again).toEqual({ outcome: "already" });
  const rows = await owner`select 1 from audit_entries where subject = ${userId} and action = 'set_role'`;
  expect(rows).toHaveLength(1);
});

it("a late picture that is stored while its person is erased goes, too", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "failed");
  await scheduleErasure(db, { userId, days: 0 });
  let erasing: Promise<unknown> | undefined;
  await hold(`select finish_late('${id}', '${assets()}')`, async (_, waiting) => {
    erasing = eraseDuePerson(db);
    await waiting(1);
  });
  expect(await erasing).toMatchObject({ outcome: "erased", userId, pictures: 1 });
  const left = await sql`select 1 from assets where generation_id = ${id} and purged_at is null`;
  expect(left).toEqual([]);
});

it("a cancel that two operators give at once is given once, and stands once in the audit", async () => {
  const { id } = await reach(db, await createPerson(db, 50), "running");
  let second: Promise<unknown> | undefined;
  await hold(`select cancel_for_operator('${id}', 'operator:ada', 'x')`, async (_, waiting) => {
    second = sql`select cancel_for_operator(${id}, 'operator:bob', 'y') as result`.execute();
    await waiting(1);
  });
  expect(await second).toEqual([{ result: { outcome: "already" } }]);
  expect(await owner`select actor from audit_entries where subject = ${id}`).toEqual([
    { actor: "operator:ada" },
  ]);
});

it("a late picture that is stored while its task is deleted goes into the bin, too", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "failed");
  let deleting: Promise<unknown> | undefined;
  await hold(`select finish_late('${id}', '${assets()}')`, async (_, waiting) => {
    deleting = sql`select delete_generation(${userId}, ${id}) as result`.execute();
    await waiting(1);
  });
  expect(await deleting).toEqual([{ result: { outcome: "deleted", userId } }]);
  const left = await sql`select 1 from assets where generation_id = ${id} and deleted_at is null`;
  expect(left).toEqual([]);
});

it("a picture of the bin that is emptied while its person is erased is given up once", async () => {
  const userId = await createPerson(db, 50);
  const { id } = await reach(db, userId, "succeeded");
  await owner`update assets set deleted_at = app_now() - interval '31 days' where generation_id = ${id}`;
  await scheduleErasure(db, { userId, days: 0 });
  let erasing: Promise<unknown> | undefined;
  await hold("select purge_bin(30, 100)", async (_, waiting) => {
    erasing = sql`select erase_due_person() ->> 'outcome' as outcome`.execute();
    await waiting(1);
  });
  expect(await erasing).toEqual([{ outcome: "erased" }]);
  const files = await owner`
    select 1 from outbox join assets a on dedup_key = 'remove_asset:' || a.id where a.generation_id = ${id}`;
  expect(files).toHaveLength(1);
});

it("what a person hands in while they are erased is refused as somebody's who has left", async () => {
  const userId = await createPerson(db, 50);
  await scheduleErasure(db, { userId, days: 0 });
  const reference = { id: newId("reference"), storageKey: "x", sizeBytes: 1, contentHash: "00".repeat(32) };
  const picture = JSON.stringify({ ...reference, widthPixels: 1, heightPixels: 1 });
  let handingIn: Promise<unknown> | undefined;
  await hold("select erase_due_person()", async (_, waiting) => {
    handingIn = Promise.all([
      sql`select add_reference(${userId}, ${picture}::text::jsonb, 24, 4) as result`.execute(),
      sql`select save_draft(${userId}, '{}', now()) as result`.execute(),
    ]);
    await waiting(2);
  });
  const refused = [{ result: { outcome: "account_closed" } }];
  expect(await handingIn).toEqual([refused, refused]);
});
