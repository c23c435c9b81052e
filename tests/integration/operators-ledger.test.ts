import { describe, expect, it } from "vitest";
import { searchEntries } from "@/db/queries/entries";
import { recordLedgerCheck } from "@/db/queries/ledger-checks";
import { grantCredits } from "@/db/queries/operations";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { readBookChecks, searchLedger } from "@/lib/operators/search-ledger";
import { reach } from "@/tests/support/generations";
import { createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const clock = databaseClock(owner);
const NOTHING = { words: null, kind: null, day: null, before: null };
const search = (query: Partial<Parameters<typeof searchLedger>[1]>) =>
  searchLedger({ db }, { ...NOTHING, ...query });
const gift = (userId: string, key: string) =>
  grantCredits(db, { userId, amount: 30, key, actor: "operator:ada", reason: "Sorry" });

await clock.freeze("2026-03-01T23:59:59.999Z");
const ada = await createPerson(db, 100);
await clock.freeze("2026-03-02T00:00:00Z");
await gift(ada, "ticket-1");
await clock.freeze("2026-03-02T23:59:59.999Z");
const grace = await createPerson(db, 100);
await clock.freeze("2026-03-03T00:00:00Z");
await gift(grace, "ticket-2");
await clock.reset();
const done = await reach(db, ada, "succeeded");

describe("a search of the ledger", () => {
  it("has everybody's entries, newest first, with both sides of each movement", async () => {
    const page = await search({});
    const ids = page?.entries.map(({ id }) => id) ?? [];
    expect(ids).toEqual(ids.toSorted((left, right) => right - left));
    expect(page?.nextBefore).toBeNull();
    const sum = page?.entries.reduce((total, { amount }) => total + amount, 0);
    expect(sum).toBe(0);
    expect(page?.entries.find(({ account }) => account === "mint")).toMatchObject({
      kind: "grant",
      userId: null,
      hasAccount: false,
      balanceAfter: null,
      amount: -30,
    });
  });

  it("finds a person's by the e-mail address or the id, and says when nobody has the address", async () => {
    const byId = await search({ words: ada });
    expect(new Set(byId?.entries.map(({ userId }) => userId))).toEqual(new Set([ada]));
    expect(byId?.entries.map(({ kind, account, amount }) => [kind, account, amount])).toEqual([
      ["capture", "held", -10],
      ["reserve", "held", 10],
      ["reserve", "available", -10],
      ["grant", "available", 30],
      ["grant", "available", 100],
    ]);
    expect(byId?.entries[3]).toMatchObject({ balanceAfter: 130, reason: "Sorry", actor: "operator:ada" });
    expect(await search({ words: `${ada.toUpperCase()}@example.com` })).toEqual(byId);
    expect(await search({ words: "nobody@example.com" })).toBeNull();
    expect(await search({ words: "usr_none" })).toEqual({ entries: [], nextBefore: null });
  });

  it("finds a task's, with the way to it", async () => {
    const page = await search({ words: done.id });
    expect(page?.entries.map(({ account, amount }) => [account, amount])).toEqual(
      expect.arrayContaining([
        ["available", -10],
        ["held", 10],
        ["revenue", 10],
      ]),
    );
    expect(new Set(page?.entries.map(({ generationId }) => generationId))).toEqual(new Set([done.id]));
  });

  it("goes by kind and by the day in UTC, from its first moment to its last", async () => {
    const kinds = await search({ words: ada, kind: "reserve" });
    expect(kinds?.entries.map(({ account }) => account)).toEqual(["held", "available"]);
    const of = async (day: string) =>
      (await search({ day }))?.entries.filter(({ amount }) => amount > 0).map(({ userId }) => userId);
    expect(await of("2026-03-01")).toEqual([ada]);
    expect(await of("2026-03-02")).toEqual([grace, ada]);
    expect(await of("2026-03-03")).toEqual([grace]);
    expect(await of("2026-03-04")).toEqual([]);
    expect(await of("2025-01-01")).toEqual([]);
    expect((await search({ day: "2026-03-02", words: grace }))?.entries).toMatchObject([{ amount: 100 }]);
  });

  it("keeps what somebody had who has left", async () => {
    const userId = await createPerson(db, 5);
    await scheduleErasure(db, { userId, days: 0 });
    await eraseDuePerson(db);
    const page = await search({ words: userId });
    expect(page?.entries.at(-1)).toMatchObject({ kind: "grant", amount: 5, userId, hasAccount: false });
  });

  it("goes on where its page ended, each entry once", async () => {
    const step = { of: { kind: "user", id: ada } as const, kind: null, window: null };
    const whole = await searchEntries(db, { ...step, before: null, limit: 50 });
    const seen: number[] = [];
    let before: number | null = null;
    do {
      const page: typeof whole = await searchEntries(db, { ...step, before, limit: 2 });
      seen.push(...page.entries.map(({ id }) => id));
      before = page.nextBefore;
    } while (before !== null);
    expect(seen).toEqual(whole.entries.map(({ id }) => id));
  });

  it("looks at so many entries at most and says where to go on; a day long past is found at once", async () => {
    for (let number = 0; number < 1_010; number++) {
      await gift(grace, `crowd-${number}`);
    }
    const page = await search({ kind: "capture" });
    expect(page?.entries).toEqual([]);
    expect(page?.nextBefore).not.toBeNull();
    const next = await search({ kind: "capture", before: page?.nextBefore ?? null });
    expect(next?.entries.map(({ generationId }) => generationId)).toContain(done.id);
    const day = await search({ day: "2026-03-01" });
    expect(day?.entries).toHaveLength(2);
  });
});

describe("the looks at the books", () => {
  it("tell when they were last and what they found", async () => {
    expect(await readBookChecks({ db })).toEqual({ drift: null, whole: null });
    await recordLedgerCheck(db, { name: "drift", violations: [] });
    const violations = [{ invariant: "I5 a balance is negative", subject: "7" }];
    await recordLedgerCheck(db, { name: "whole", violations });
    expect(await readBookChecks({ db })).toMatchObject({
      drift: { violations: 0, sample: [] },
      whole: { violations: 1, sample: violations },
    });
  });
});
