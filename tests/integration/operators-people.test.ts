import { describe, expect, it } from "vitest";
import { openWallet } from "@/db/queries/credits";
import { deleteGeneration } from "@/db/queries/generations";
import { grantCredits, setRole } from "@/db/queries/operations";
import { listGenerationsOf, listPeople as listPeopleRows, readInternals } from "@/db/queries/operators";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { idFloor } from "@/lib/ids";
import { listPeople, readPersonFile } from "@/lib/operators/read-people";
import { endGeneration, reach, reserveOne } from "@/tests/support/generations";
import { openTestLedger } from "@/tests/support/ledger";
import { POLICY } from "@/tests/support/services";

const { db, owner } = await openTestLedger();

/** Somebody with 50 credits who came at a millisecond of their own. */
async function join(atMs: number, name: string, email: string): Promise<string> {
  const userId = `${idFloor("user", atMs)}ada`;
  await owner`insert into users (id, name, email) values (${userId}, ${name}, ${email})`;
  await openWallet(db, { userId, signupCredits: 50, isFirstAccountOperator: false });
  return userId;
}
const find = async (words: string, before: string | null = null) =>
  (await listPeople({ db }, { words, before })).people.map(({ id }) => id);
const fileOf = (userId: string) => readPersonFile({ db, policy: POLICY }, userId);

const grace = await join(1, "Grace Hopper", "grace@example.com");
const ada = await join(2, "Ada Lovelace", "ada@example.com");
const adam = await join(3, "Adam", "ada@example.com.cn");

describe("a search for people", () => {
  it("finds by the whole or the beginning of an address, a name or an id, newest first and the exact one before", async () => {
    expect(await find("ada")).toEqual([adam, ada]);
    expect(await find("ADA L")).toEqual([ada]);
    expect(await find("Ada@Example.com")).toEqual([ada, adam]);
    expect(await find(grace)).toEqual([grace]);
    expect(await find(grace.slice(0, -1))).toEqual([grace]);
    expect(await find("lovelace")).toEqual([]);
    expect(await find("a%")).toEqual([]);
  });

  it("tells what somebody has and made, and when they leave", async () => {
    await reserveOne(db, grace);
    await reach(db, grace, "succeeded");
    await scheduleErasure(db, { userId: grace, days: 14 });
    const { people } = await listPeople({ db }, { words: grace, before: null });
    expect(people).toMatchObject([{ name: "Grace Hopper", role: "user", available: 30, held: 10, tasks: 2 }]);
    expect(people[0]?.leavesAt?.getTime()).toBeGreaterThan(Date.now());
    const { people: all } = await listPeople({ db }, { words: null, before: null });
    expect(all.map(({ id }) => id)).toEqual([adam, ada, grace]);
    expect(all[1]).toMatchObject({ available: 50, held: 0, tasks: 0, leavesAt: null });
    const { people: counted } = await listPeopleRows(db, {
      words: grace,
      before: null,
      limit: 1,
      tasksMax: 1,
    });
    expect(counted).toMatchObject([{ tasks: 1 }]);
  });

  it("goes on where its page ended, each person once, and the exact one on the first page alone", async () => {
    const pages: string[][] = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listPeopleRows>> = await listPeopleRows(db, {
        words: "ada@example.com",
        before,
        limit: 1,
        tasksMax: 1,
      });
      pages.push(page.people.map(({ id }) => id));
      before = page.nextBefore;
    } while (before);
    expect(pages).toEqual([[ada, adam], []]);
  });

  it("looks at so many rows at most and says where to go on, but for the exact address", async () => {
    await owner`insert into users (id, name, email)
      select 'usr_zz' || lpad(n::text, 8, '0'), 'Crowd', 'crowd-' || n || '@example.com' from generate_series(1, 20000) n`;
    const page = await listPeople({ db }, { words: "ada l", before: null });
    expect(page).toEqual({ people: [], nextBefore: "usr_zz00000001" });
    expect(await find("ada l", page.nextBefore)).toEqual([ada]);
    expect(await find("ada@example.com")).toEqual([ada]);
  });
});

describe("who is made an operator", () => {
  it("is one until that is taken back, with who and why in the audit once each", async () => {
    const step = { userId: grace, actor: "operator:root", reason: "Runs the studio" } as const;
    const roleNow = async () => (await fileOf(grace))?.person.role;
    expect(await setRole(db, { ...step, role: "operator" })).toEqual({ outcome: "set" });
    expect(await setRole(db, { ...step, role: "operator" })).toEqual({ outcome: "already" });
    expect(await roleNow()).toBe("operator");
    expect(await setRole(db, { ...step, role: "user", reason: "Has left" })).toEqual({ outcome: "set" });
    expect(await roleNow()).toBe("user");
    expect(await setRole(db, { ...step, userId: "usr_none", role: "operator" })).toEqual({
      outcome: "not_found",
    });
    const audited = await owner`
      select actor, subject, reason, detail ->> 'role' as role from audit_entries where action = 'set_role' order by id`;
    expect([...audited]).toEqual([
      { actor: "operator:root", subject: grace, reason: "Runs the studio", role: "operator" },
      { actor: "operator:root", subject: grace, reason: "Has left", role: "user" },
    ]);
  });
});

describe("a person's file", () => {
  it("has their money with the gift's line, their tasks without deleted ones, and when they were seen", async () => {
    const gift = { amount: 30, key: "ticket-17", actor: "operator:ada", reason: "Sorry" } as const;
    await grantCredits(db, { userId: ada, ...gift });
    const { id } = await reach(db, ada, "running");
    await reserveOne(db, ada, { request: { unit: "picture", unitPrice: 1 } });
    const deleted = await reach(db, ada, "failed");
    await deleteGeneration(db, { userId: ada, generationId: deleted.id });
    await owner`insert into sessions (id, token, user_id, expires_at, updated_at)
      values ('s1', 't1', ${ada}, now(), '2026-11-01'), ('s2', 't2', ${ada}, now(), '2026-11-03')`;
    const file = await fileOf(ada);
    expect(file?.person).toMatchObject({
      id: ada,
      email: "ada@example.com",
      leavesAt: null,
      seenAt: new Date("2026-11-03"),
    });
    expect(file?.balance).toMatchObject({ available: 70, held: 10, freeRemaining: 4, freeMonthlyLimit: 5 });
    expect(file?.entries).toContainEqual(
      expect.objectContaining({
        kind: "grant",
        amount: 30,
        balanceAfter: 80,
        reason: "Sorry",
        taskId: null,
      }),
    );
    expect(file?.tasks.map((task) => task.id)).not.toContain(deleted.id);
    expect(file?.tasks.at(-1)).toMatchObject({ id, state: "running" });
    expect(await listGenerationsOf(db, { userId: ada, limit: 1 })).toHaveLength(1);
    await endGeneration(db, id);
  });

  it("is none for whom there is not, or no more: then their tasks have no way to them", async () => {
    expect(await fileOf("usr_none")).toBeNull();
    expect((await fileOf(adam))?.person.seenAt).toBeNull();
    const { id } = await reach(db, adam, "succeeded");
    expect(await readInternals(db, id)).toMatchObject({ userId: adam, hasAccount: true });
    await scheduleErasure(db, { userId: adam, days: 0 });
    expect(await eraseDuePerson(db)).toMatchObject({ outcome: "erased", userId: adam });
    expect(await fileOf(adam)).toBeNull();
    expect(await readInternals(db, id)).toMatchObject({ userId: adam, hasAccount: false });
  });
});
