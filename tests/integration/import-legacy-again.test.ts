import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { redeemCode } from "@/db/queries/credits";
import { hashCode } from "@/lib/credits/hash-code";
import type { ImportReport } from "@/scripts/legacy/import-legacy";
import { reserveOne } from "@/tests/support/generations";
import { balanceOf, createPerson } from "@/tests/support/ledger";
import { differences, openBoth, waitingIn } from "@/tests/support/legacy";

/** Nobody has made anything there yet: each case adds what it is about. */
const { db, owner, ownName, legacy, bringIn } = await openBoth(0);

describe("a generation that is under way there", () => {
  /** Somebody who had 100 credits there and pays 10 for a picture that was touched so long ago. */
  async function startOne(userId: string, age: string): Promise<void> {
    await legacy.unsafe(`
      insert into user_credit (user_id, credit) values ('${userId}', 90);
      insert into flux_data (user_id, replicate_id, input_prompt, model, aspect_ratio, task_status, created_at, updated_at)
      select '${userId}', '${userId}', 'a slow fox', 'flux-dev', '1:1', 'Processing', at, at
        from (select now() at time zone 'UTC' - interval '${age}' as at) t;
      insert into user_billing (user_id, state, amount, type, flux_id) select '${userId}', 'Done', -10, 'Withdraw', max(id) from flux_data`);
  }
  const succeed = (userId: string) =>
    legacy`update flux_data set task_status = 'Succeeded' where user_id = ${userId}`;
  /** As the predecessor does it: the billing's other half, and the balance. */
  async function giveBack(userId: string): Promise<void> {
    await legacy.unsafe(`
      insert into user_billing (user_id, state, amount, type, flux_id)
      select '${userId}', 'Done', 10, 'Refund', id from flux_data where user_id = '${userId}';
      update user_credit set credit = credit + 10 where user_id = '${userId}'`);
  }
  const available = async (userId: string) => (await balanceOf(db, userId)).available;
  const generationsOf = (userId: string) =>
    owner`select state, unit, captured_amount::int as captured from generations where user_id = ${userId}`;

  it("waits until it has ended there, and nobody has more than there meanwhile or afterwards", async () => {
    await startOne("user_quick", "1 minute");
    const report = await bringIn();
    expect(differences(report)).toEqual([]);
    expect(waitingIn(report)).toEqual({
      generations: "1",
      "  failed": "1",
      "  ended and charged as there": "1",
    });
    expect(await available("user_quick")).toBe(90);
    expect(await generationsOf("user_quick")).toEqual([]);

    await succeed("user_quick");
    const next = await bringIn();
    expect([differences(next), waitingIn(next)]).toEqual([[], {}]);
    expect(await available("user_quick")).toBe(90);
    expect(await generationsOf("user_quick")).toEqual([{ state: "succeeded", unit: "credit", captured: 10 }]);
  });

  it("has the balance of there when it was given back there after it came in, and the report tells of its charge", async () => {
    await giveBack("user_quick");
    const report = await bringIn();
    expect(await available("user_quick")).toBe(100);
    expect(differences(report)).toMatchObject([
      { line: "  ended and charged as there" },
      { line: "credits charged for pictures", theirs: "0", ours: "10" },
    ]);
    await legacy`delete from user_billing where type = 'Refund'`;
    await legacy`update user_credit set credit = 90 where user_id = 'user_quick'`;
  });

  it("stays as it came when it ends after all, is told of, and nothing more is granted", async () => {
    await startOne("user_slow", "2 days");
    await bringIn();
    expect(await available("user_slow")).toBe(90);
    expect(await generationsOf("user_slow")).toMatchObject([{ state: "failed", captured: 0 }]);

    await succeed("user_slow");
    const report = await bringIn();
    expect(await available("user_slow")).toBe(90);
    expect(await generationsOf("user_slow")).toMatchObject([{ state: "failed", captured: 0 }]);
    expect(differences(report).map(({ line }) => line)).toContain("  ended and charged as there");
    expect(report.notes).toContainEqual({
      note: "generations ended or were charged otherwise there once they were here; here they stay as they came",
      count: "1",
      credits: "10",
    });
  });
});

describe("somebody who uses both at once", () => {
  it("keeps nobody else's books back when they spend here what they pay with there", async () => {
    await legacy`insert into user_credit (user_id, credit) values ('user_twice', 10), ('user_other', 5)`;
    await bringIn();
    await reserveOne(db, "user_twice");
    await legacy.unsafe(`
      insert into flux_data (user_id, replicate_id, input_prompt, model, aspect_ratio, task_status)
      values ('user_twice', 'twice', 'a fox', 'flux-dev', '1:1', 'Succeeded');
      insert into user_billing (user_id, state, amount, type, flux_id) select 'user_twice', 'Done', -10, 'Withdraw', max(id) from flux_data;
      update user_credit set credit = 0 where user_id = 'user_twice';
      update user_credit set credit = 8 where user_id = 'user_other'`);
    const report = await bringIn();
    expect(waitingIn(report)).toMatchObject({ generations: "1", "credits charged for pictures": "10" });
    expect(await balanceOf(db, "user_other")).toMatchObject({ available: 8 });

    await owner`select grant_credits('user_twice', 10, 'spent-twice', 'operator:ada', 'spent on both sides')`;
    expect(waitingIn(await bringIn())).toEqual({});
    expect(await balanceOf(db, "user_twice")).toMatchObject({ available: 0 });
  });
});

describe("a gift code", () => {
  const redeem = async (code: string) =>
    redeemCode(db, {
      userId: await createPerson(db, 0),
      codeHash: hashCode(code),
      signupCredits: 0,
      rate: { count: 100, seconds: 60 },
    });
  const good = ({ lines }: ImportReport) =>
    lines.find(({ line }) => line === "credits of gift codes still good");
  const use = (code: string) =>
    legacy`update gift_code set used = true, used_at = now() at time zone 'UTC' where code = ${code}`;

  it("that was used there after it came gives nothing here, by its row of the audit", async () => {
    await legacy`insert into gift_code (code, credit_amount) values ('USED-THERE', 30), ('RUN-OUT', 30)`;
    expect(good(await bringIn())).toMatchObject({ theirs: "130", ours: "130" });
    await use("USED-THERE");
    await legacy`update gift_code set expired_at = '2025-01-01' where code = 'RUN-OUT'`;
    const report = await bringIn();
    expect(good(report)).toMatchObject({ theirs: "70", ours: "70" });
    expect(await redeem("USED-THERE")).toEqual({ outcome: "invalid" });
    expect(await redeem("RUN-OUT")).toEqual({ outcome: "invalid" });
    await bringIn();
    expect(
      await owner`select actor, reason from audit_entries where action = 'end_code' order by id`,
    ).toEqual([
      { actor: "operator:ada", reason: "used in the predecessor" },
      { actor: "operator:ada", reason: "no longer good in the predecessor" },
    ]);
  });

  it("that was redeemed here is no difference until somebody uses it there, too", async () => {
    expect(await redeem("SPRING-2025-AAAA")).toMatchObject({ outcome: "redeemed" });
    const report = await bringIn();
    expect(good(report)).toMatchObject({ theirs: "70", ours: "70" });
    const note = { note: "gift codes were used there and redeemed here, too", count: "1", credits: "50" };
    expect(report.notes).not.toContainEqual(note);
    await use("SPRING-2025-AAAA");
    expect((await bringIn()).notes).toContainEqual(note);
  });

  it("that is good here and gone there is a difference", async () => {
    await legacy`delete from gift_code where code = 'spring 2025 oil1'`;
    expect(good(await bringIn())).toMatchObject({ theirs: "0", ours: "20" });
  });
});

describe("an address that an account here has", () => {
  it("gives nobody's books to whoever signed up with their address, until it is known to be theirs", async () => {
    const file = path.join(tmpdir(), `${ownName}.csv`);
    await legacy.unsafe(`
      insert into user_credit (user_id, credit) values ('user_taken', 120), ('user_proven', 40);
      insert into flux_data (user_id, replicate_id, input_prompt, model, aspect_ratio, task_status)
      values ('user_taken', 'taken', 'a private fox', 'flux-dev', '1:1', 'Succeeded');
      insert into user_billing (user_id, state, amount, type, flux_id) select 'user_taken', 'Done', -10, 'Withdraw', max(id) from flux_data`);
    const [taken, proven] = [await createPerson(db, 50), await createPerson(db, 50)];
    const list = (account = "") =>
      writeFileSync(
        file,
        `id,email\nuser_taken,${taken}@example.com${account}\nuser_proven,${proven}@example.com\n`,
      );
    const held = (legacyId: string, accountId: string) => ({ legacyId, accountId, ownerId: null });
    list();
    const first = await bringIn(file);
    expect(first.addressTaken).toEqual([held("user_proven", proven), held("user_taken", taken)]);
    expect(waitingIn(first)).toMatchObject({
      people: "2",
      generations: "1",
      "credits charged for pictures": "10",
      "credits left to people": "160",
    });
    expect(await balanceOf(db, taken)).toMatchObject({ available: 50 });
    expect(await owner`select id from generations where prompt = 'a private fox'`).toEqual([]);

    // One has proven it, the other was asked; somebody else's account is no answer.
    await owner`update users set email_verified = true where id = ${proven}`;
    list(`,${proven}`);
    expect((await bringIn(file)).addressTaken).toEqual([held("user_taken", taken)]);
    expect(await balanceOf(db, proven)).toMatchObject({ available: 90 });
    list(`,${taken}`);
    const last = await bringIn(file);
    expect([last.addressTaken, waitingIn(last)]).toEqual([[], {}]);
    expect(await balanceOf(db, taken)).toMatchObject({ available: 170 });
    expect(await owner`select user_id from generations where prompt = 'a private fox'`).toEqual([
      { user_id: taken },
    ]);
  });

  it("tells of books that came in without an address which somebody has signed up with since", async () => {
    const file = path.join(tmpdir(), `${ownName}-late.csv`);
    await legacy`insert into user_credit (user_id, credit) values ('user_late', 60)`;
    await bringIn();
    const accountId = await createPerson(db, 50);
    writeFileSync(file, `id,email\nuser_late,${accountId}@example.com\n`);
    expect((await bringIn(file)).addressTaken).toEqual([
      { legacyId: "user_late", accountId, ownerId: "user_late" },
    ]);
    expect(await balanceOf(db, accountId)).toMatchObject({ available: 50 });
  });
});
