import { describe, expect, it } from "vitest";
import { EMPTY_DRAFT } from "@/app/_composer/draft";
import { scheduleErasure } from "@/db/queries/people";
import { findDraft } from "@/lib/account/find-draft";
import { saveDraft } from "@/lib/account/save-draft";
import { refusalOf } from "@/tests/support/refusals";
import { openStudio } from "@/tests/support/studio";

const studio = await openStudio();
const { db, owner, clock, services } = studio;

const draftOf = (text: string) => ({ ...EMPTY_DRAFT, text, model: "flux-dev" });
const at = (seconds: number) =>
  new Date(Date.parse("2026-11-20T12:00:00.000Z") + seconds * 1_000).toISOString();
const save = (userId: string, text: string, seconds: number) =>
  saveDraft(services, { userId, draft: draftOf(text), changedAt: at(seconds) });
const textOf = async (userId: string) => (await findDraft(services, userId))?.draft.text;

describe("a person's draft", () => {
  it("is kept as it was sent, one for each person", async () => {
    const [ada, grace] = [await studio.person(), await studio.person()];
    expect(await findDraft(services, ada)).toBeNull();
    expect(await save(ada, "雪地里的狐狸 \u0001 'x'", 0)).toBe("saved");
    expect(await save(grace, "a lighthouse", 0)).toBe("saved");
    expect(await findDraft(services, ada)).toEqual({
      draft: draftOf("雪地里的狐狸 \u0001 'x'"),
      changedAt: at(0),
    });
    expect(await save(ada, "", 1)).toBe("saved");
    expect(await textOf(ada)).toBe("");
    expect(await textOf(grace)).toBe("a lighthouse");
    expect(await owner`select 1 from drafts where user_id = ${ada}`).toHaveLength(1);
  });

  it("is the one that was changed last, in whichever order they come, and however often", async () => {
    const userId = await studio.person();
    const changes = [3, 1, 4, 2, 4, 1];
    await Promise.all(changes.map((seconds) => save(userId, `changed at ${seconds}`, seconds)));
    expect(await textOf(userId)).toBe("changed at 4");
    expect(await save(userId, "of an old tab", 3)).toBe("outdated");
    expect(await textOf(userId)).toBe("changed at 4");
    expect(await save(userId, "again", 5)).toBe("saved");
    expect(await save(userId, "again", 5)).toBe("saved");
  });

  it("is of now at the latest: a clock that is ahead keeps nobody out", async () => {
    const userId = await studio.person();
    await clock.freeze(at(10));
    await save(userId, "of tomorrow", 86_400);
    expect((await findDraft(services, userId))?.changedAt).toBe(at(10));
    await clock.freeze(at(20));
    expect(await save(userId, "of today", 15)).toBe("saved");
    await clock.reset();
    expect(await textOf(userId)).toBe("of today");
  });

  it("as a later release keeps it is read without what is new, and one that makes no sense counts as none", async () => {
    const userId = await studio.person();
    await save(userId, "a fox", 0);
    await owner`update drafts set content = content || '{"mood": "blue"}' where user_id = ${userId}`;
    expect((await findDraft(services, userId))?.draft).toEqual(draftOf("a fox"));
    await owner`update drafts set content = content || '{"count": "many"}' where user_id = ${userId}`;
    expect(await findDraft(services, userId)).toBeNull();
  });

  it("cannot be written past the function, nor grow without bound", async () => {
    const userId = await studio.person();
    const sql = db.$client;
    expect(await refusalOf(sql`insert into drafts values (${userId}, '{}', now())`)).toBe("42501");
    expect(
      await refusalOf(
        sql`select save_draft(${userId}, jsonb_build_object('text', repeat('x', 65536)), now())`,
      ),
    ).toBe("23514");
  });

  it("goes with its person, and comes back with nobody", async () => {
    const [userId, stranger] = [await studio.person(), await studio.person()];
    await save(userId, "the last thing I wrote", 0);
    await save(stranger, "a stranger's", 0);
    await scheduleErasure(db, { userId, days: 14 });
    await studio.sweepAt(15 * 86_400);
    expect(await owner`select 1 from drafts where user_id = ${userId}`).toHaveLength(0);
    expect(await textOf(stranger)).toBe("a stranger's");
    expect(await save(userId, "a tab that is still open", 60)).toBe("account_closed");
    expect(await findDraft(services, userId)).toBeNull();
  });
});
