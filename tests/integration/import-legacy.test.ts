import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type postgres from "postgres";
import { describe, expect, it } from "vitest";
import { openWallet, redeemCode } from "@/db/queries/credits";
import { findDrift } from "@/db/queries/ledger-checks";
import { hashCode } from "@/lib/credits/hash-code";
import { readReceipt } from "@/lib/generation/read-receipt";
import { balanceOf, createPerson } from "@/tests/support/ledger";
import { differences, openBoth, waitingIn } from "@/tests/support/legacy";
import { waitFor } from "@/tests/support/wait-for";

const MANY = 100_000;
const FEW = 2_000;

const many = await openBoth(MANY);
const { db, owner, ownName, legacy, bringIn } = await openBoth(FEW);

/** Everything of ours that money depends on, as one line. */
const footprint = async (sql: postgres.Sql) => {
  const [row] = await sql`
    select (select count(*) from generations)::int as generations, (select count(*) from ledger_transactions)::int as movements,
           (select count(*) from ledger_entries)::int as entries, (select sum(balance) from ledger_accounts)::int as balances,
           (select count(*) from redeem_codes)::int as codes, (select count(*) from users)::int as users`;
  return row;
};

describe("a hundred thousand generations of the predecessor", () => {
  it("are taken up where a run was broken off, agree in counts and sums, and are there once", {
    timeout: 600_000,
  }, async () => {
    // However the driver ends what it had under way: what the next run finds is what matters.
    many.bringIn().catch(() => {});
    await waitFor(async () => (await many.owner`select id from generations limit 1`).length > 0, {
      what: "the first generations",
      timeoutMs: 300_000,
    });
    const { count } = await many.admin`
      select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where datname = ${many.ownName} and application_name = 'sunprint-import'`;
    expect(count).toBe(1);

    const report = await many.bringIn();
    expect(differences(report)).toEqual([]);
    expect(report.broughtIn).toBeGreaterThan(0);
    expect(report.broughtIn).toBeLessThan(MANY);
    expect(waitingIn(report)).toEqual({});
    expect(report.lines).toContainEqual(
      expect.objectContaining({ line: "generations", theirs: `${MANY}`, ours: `${MANY}` }),
    );

    const before = await footprint(many.owner);
    const repeated = await many.bringIn();
    expect(repeated.broughtIn).toBe(0);
    expect(differences(repeated)).toEqual([]);
    expect(await footprint(many.owner)).toEqual(before);
  });
});

describe("what goes on in the predecessor after a run", () => {
  it("is brought in by the next one, and nothing else", async () => {
    expect((await bringIn()).broughtIn).toBe(FEW);
    await legacy.unsafe(`
      insert into flux_data (user_id, replicate_id, input_prompt, model, aspect_ratio, task_status, image_url)
      values ('user_2', 'later', 'a later fox', 'flux-dev', '1:1', 'SUCCEEDED', 'https://pictures.example/later.png');
      insert into user_billing (user_id, state, amount, type, flux_id)
      select 'user_2', 'Done', -10, 'Withdraw', max(id) from flux_data;
      update user_credit set credit = credit + 90 where user_id = 'user_2'`);
    const before = await balanceOf(db, "user_2");
    const report = await bringIn();
    expect(report.broughtIn).toBe(1);
    expect(differences(report)).toEqual([]);
    expect((await balanceOf(db, "user_2")).available).toBe(before.available + 90);
  });

  it("differs in the report when something was taken back there", async () => {
    await legacy`update user_credit set credit = credit - 5 where user_id = 'user_3'`;
    expect(differences(await bringIn())).toMatchObject([{ line: "credits left to people" }]);
    await legacy`update user_credit set credit = credit + 5 where user_id = 'user_3'`;
  });
});

describe("somebody who comes from there", () => {
  it("has the balance of there, and no gift for signing up besides", async () => {
    const [row] = await legacy<{ credit: number }[]>`
      select sum(credit)::int as credit from user_credit where user_id = 'user_0'`;
    expect(await balanceOf(db, "user_0")).toMatchObject({ available: row?.credit, held: 0 });
    await openWallet(db, { userId: "user_0", signupCredits: 50, isFirstAccountOperator: false });
    expect(await balanceOf(db, "user_0")).toMatchObject({ available: row?.credit });
    // Who owed something begins at nothing.
    expect(await balanceOf(db, "user_1")).toMatchObject({ available: 0 });
  });

  it.for([
    ["succeeded", 10, 10],
    ["failed", 1, 0],
    ["canceled", 1, 0],
  ] as const)("has a receipt of each that %s", async ([status, held, captured]) => {
    const [row] = await owner<{ id: string; user_id: string }[]>`
      select id, user_id from generations where state = ${status} and (unit = 'credit' or state <> 'succeeded') order by id limit 1`;
    const principal = { userId: row?.user_id ?? "", role: "user" } as const;
    expect(await readReceipt({ db }, { principal, generationId: row?.id ?? "" })).toMatchObject({
      status,
      held,
      captured,
      attempts: [{ number: 1 }],
    });
  });

  it("redeems a code of there once, in any writing; used ones give nothing", async () => {
    const userId = await createPerson(db, 0);
    const redeem = (code: string) =>
      redeemCode(db, {
        userId,
        codeHash: hashCode(code),
        signupCredits: 0,
        rate: { count: 100, seconds: 60 },
      });
    expect(await redeem("SPRING2025-0111")).toMatchObject({ outcome: "redeemed", granted: 20 });
    expect(await redeem("spring 2025 oil1")).toMatchObject({ outcome: "already" });
    expect(await redeem("OLD-ONE-0001")).toEqual({ outcome: "invalid" });
    expect(await redeem("WORTH-NOTHING")).toEqual({ outcome: "invalid" });
  });
});

describe("a list of addresses", () => {
  it("lets people sign in, and puts the books of who is here already into their own account", async () => {
    const file = path.join(tmpdir(), `${ownName}.csv`);
    await legacy`insert into user_credit (user_id, credit) values ('user_here', 120), ('user_new', 30)`;
    const userId = await createPerson(db, 50);
    await owner`update users set email_verified = true where id = ${userId}`;
    writeFileSync(
      file,
      `id,email\nuser_here,${userId.toUpperCase()}@Example.com\nuser_new,new@example.com\nuser_4,four@example.com\n`,
    );
    const report = await bringIn(file);
    expect(differences(report)).toEqual([]);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 170 });
    expect(await balanceOf(db, "user_new")).toMatchObject({ available: 30 });
    expect(
      await owner`select id, email, email_verified as verified from users where id like 'user\\_%' order by id`,
    ).toEqual([
      { id: "user_4", email: "four@example.com", verified: true },
      { id: "user_new", email: "new@example.com", verified: true },
    ]);
    // Without the list they are the same people still.
    const before = await footprint(owner);
    expect(differences(await bringIn())).toEqual([]);
    expect(await footprint(owner)).toEqual(before);
  });
});

describe("a run while the studio is used", () => {
  it("waits for whoever moves the same credits before it draws a line, so that the books never seem to drift", async () => {
    await legacy.unsafe(`
      insert into flux_data (user_id, replicate_id, input_prompt, model, aspect_ratio, task_status, image_url)
      values ('user_9', 'meanwhile', 'a fox', 'flux-dev', '1:1', 'SUCCEEDED', 'https://pictures.example/meanwhile.png');
      insert into user_billing (user_id, state, amount, type, flux_id)
      select 'user_9', 'Done', -10, 'Withdraw', max(id) from flux_data;
      update user_credit set credit = credit + 90 where user_id = 'user_9'`);
    const holder = await owner.reserve();
    await holder.unsafe("begin");
    await holder`select 1 from ledger_accounts where user_id = 'user_9' and kind = 'available' for update`;
    const importing = bringIn();
    await waitFor(
      async () => {
        const [row] = await owner<{ count: number }[]>`
          select count(*)::int as count from pg_locks
           where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`;
        return row?.count;
      },
      { what: "the import to wait for a lock" },
    );
    await holder`select grant_credits('user_9', 5, 'a-gift-meanwhile', 'operator:ada', 'x')`;
    await holder.unsafe("commit");
    holder.release();
    expect((await importing).broughtIn).toBe(1);
    expect(await findDrift(db)).toEqual([]);
  });
});
