import { describe, expect, it } from "vitest";
import { listEntries } from "@/db/queries/credits";
import { saveDraft } from "@/db/queries/drafts";
import { binPictures, purgeBin } from "@/db/queries/library";
import { eraseDuePerson, findErasureDate, scheduleErasure } from "@/db/queries/people";
import { erasePeople } from "@/lib/account/erase-people";
import { endGeneration, reach } from "@/tests/support/generations";
import { balanceOf } from "@/tests/support/ledger";
import { openStudio } from "@/tests/support/studio";

const studio = await openStudio();
const { db, owner, clock, services } = studio;

const isThere = async (userId: string) => (await owner`select 1 from users where id = ${userId}`).length > 0;

const listTables = async () =>
  (
    await owner<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
  ).map(({ name }) => name);

/** Every row that names one of these ids, in every table. */
async function rowsAbout(ids: string[]): Promise<string[]> {
  const tables = await listTables();
  const found = await Promise.all(
    tables.map((name) =>
      owner.unsafe<{ row: string }[]>(
        `select '${name} ' || row_to_json(t)::text as row from ${name} t where row_to_json(t)::text ~ $1`,
        [ids.join("|")],
      ),
    ),
  );
  return found
    .flat()
    .map(({ row }) => row)
    .sort();
}

describe("a wish to be erased", () => {
  it("is nobody's whom there is not", async () => {
    expect(await scheduleErasure(db, { userId: "usr_none", days: 14 })).toEqual({
      outcome: "not_found",
    });
  });

  it("is kept for its days and can be taken back until then", async () => {
    const userId = await studio.person();
    const first = await scheduleErasure(db, { userId, days: 14 });
    expect(first.outcome).toBe("scheduled");
    expect(await scheduleErasure(db, { userId, days: 14 })).toEqual(first);
    await clock.shift("13 days");
    await erasePeople(services);
    expect(await isThere(userId)).toBe(true);
    expect((await scheduleErasure(db, { userId, days: null })).outcome).toBe("kept");
    expect(await findErasureDate(db, userId)).toEqual({ dueAt: null });
    await clock.shift("15 days");
    await erasePeople(services);
    await clock.reset();
    expect(await isThere(userId)).toBe(true);
  });
});

describe("erasing", () => {
  it("leaves neither name, address, prompt, picture nor session, and the books as they were", async () => {
    const userId = await studio.person(100);
    const id = await studio.submit(userId, { inputPrompt: "the moonlit secret of Kestrel Lane" });
    await studio.dispatch(id);
    await studio.ended(id);
    await reach(db, userId, "failed", { request: { prompt: "the moonlit secret, failed" } });
    await owner`insert into sessions (id, token, user_id, expires_at)
      values (${`s-${userId}`}, ${`t-${userId}`}, ${userId}, now() + interval '1 day')`;
    const keys = await owner<{ key: string }[]>`
      select storage_key as key from assets where generation_id = ${id}`;
    const entries = await listEntries(db, { userId, limit: 100, beforeId: null, kinds: null });
    const before = await balanceOf(db, userId);
    const stranger = await studio.person(100);
    await reach(db, stranger, "succeeded", { request: { prompt: "a stranger's prompt" } });

    await scheduleErasure(db, { userId, days: 14 });
    await studio.sweepAt(15 * 86_400);
    await studio.sweepAt(15 * 86_400 + 60);

    expect(await isThere(userId)).toBe(false);
    expect(await isThere(stranger)).toBe(true);
    for (const name of await listTables()) {
      const found = await owner.unsafe(
        `select 1 from ${name} t where row_to_json(t)::text ~ 'moonlit secret|Kestrel|${userId}@example'`,
      );
      expect(found, name).toHaveLength(0);
    }
    for (const { key } of keys) {
      expect(await services.storage.get(key)).toBeNull();
    }
    expect(await owner`select 1 from sessions where user_id = ${userId}`).toHaveLength(0);
    const [strangers] = await owner`select prompt from generations where user_id = ${stranger}`;
    expect(strangers?.prompt).toBe("a stranger's prompt");
    // The books go on by one line: what was left has expired.
    expect(await balanceOf(db, userId)).toEqual({ ...before, available: 0 });
    const [last, ...after] = await listEntries(db, { userId, limit: 100, beforeId: null, kinds: null });
    expect(last).toMatchObject({ kind: "expire", amount: -before.available, balanceAfter: 0 });
    expect(after.map(({ amount, balanceAfter }) => ({ amount, balanceAfter }))).toEqual(
      entries.map(({ amount, balanceAfter }) => ({ amount, balanceAfter })),
    );
  });

  it("touches nothing of anybody else's, and waits for nothing that they have in the making", async () => {
    const [userId, stranger] = [await studio.person(100), await studio.person(100)];
    await reach(db, userId, "succeeded");
    const made = await reach(db, stranger, "succeeded");
    const running = await reach(db, stranger, "running");
    const changedAt = "2026-01-01T00:00:00Z";
    await saveDraft(db, { userId: stranger, content: { inputPrompt: "half a thought" }, changedAt });
    const theirs = [stranger, made.id, running.id];
    const before = await rowsAbout(theirs);
    expect(before.length).toBeGreaterThan(10);
    await scheduleErasure(db, { userId, days: 0 });
    expect(await eraseDuePerson(db)).toEqual({ outcome: "erased", userId, pictures: 1 });
    expect(await rowsAbout(theirs)).toEqual(before);
    await endGeneration(db, running.id);
  });

  it("gives up the files that are left, and not those again that were purged already", async () => {
    const userId = await studio.person(100);
    const { id } = await reach(db, userId, "succeeded", { request: { outputCount: 2 } });
    const [first] = await owner<
      { id: string }[]
    >`select id from assets where generation_id = ${id} and position = 0`;
    await binPictures(db, { userId, imageIds: [first?.id ?? ""], taskIds: [] });
    await clock.shift("31 days");
    expect(await purgeBin(db, { days: 30, limit: 100 })).toMatchObject({ pictures: 1 });
    await scheduleErasure(db, { userId, days: 0 });
    expect(await eraseDuePerson(db)).toEqual({ outcome: "erased", userId, pictures: 1 });
    await clock.reset();
  });

  it("stops what is in the making first, and gives its credits back", async () => {
    const userId = await studio.person(100);
    const id = await studio.submit(userId);
    await scheduleErasure(db, { userId, days: 0 });
    await erasePeople(services);
    expect(await studio.stateOf(id)).toBe("canceled");
    expect(await balanceOf(db, userId)).toMatchObject({ available: 100, held: 0 });
    await clock.shift("20 seconds");
    await erasePeople(services);
    await clock.reset();
    expect(await isThere(userId)).toBe(false);
  });
});
