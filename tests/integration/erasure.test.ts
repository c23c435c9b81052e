import { describe, expect, it } from "vitest";
import { listEntries } from "@/db/queries/credits";
import { findErasureDate, scheduleErasure } from "@/db/queries/people";
import { erasePeople } from "@/lib/account/erase-people";
import { reach } from "@/tests/support/generations";
import { balanceOf } from "@/tests/support/ledger";
import { openStudio } from "@/tests/support/studio";

const studio = await openStudio();
const { db, owner, clock, services } = studio;

const isThere = async (userId: string) => (await owner`select 1 from users where id = ${userId}`).length > 0;

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
    const tables = await owner<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    for (const { name } of tables) {
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
