import { describe, expect, it } from "vitest";
import { expireBuckets, redeemCode } from "@/db/queries/credits";
import { clawBackCredits, grantCredits, makeRedeemCodes, refundGeneration } from "@/db/queries/operations";
import { hashCode } from "@/lib/credits/hash-code";
import { newCode } from "@/lib/credits/new-code";
import { endGeneration, reach } from "@/tests/support/generations";
import { balanceOf, createPerson, databaseClock, openTestLedger } from "@/tests/support/ledger";
import { refusalOf } from "@/tests/support/refusals";

const { db, owner } = await openTestLedger({ poolMax: 20 });
const clock = databaseClock(owner);
const by = { actor: "operator:ada", reason: "a slow Tuesday" } as const;

const auditOf = async (subject: string) =>
  (
    await owner`select action, actor, reason, detail from audit_entries where subject = ${subject} order by id`
  ).map((row) => ({ ...row }));

describe("an operator's gift", () => {
  it("is given once per key, with who and why in the audit", async () => {
    const userId = await createPerson(db, 50);
    const gift = { userId, amount: 30, key: `ticket-${userId}`, ...by };
    const answers = await Promise.all(Array.from({ length: 10 }, () => grantCredits(db, gift)));
    expect(answers.filter(({ outcome }) => outcome === "granted")).toEqual([
      { outcome: "granted", available: 80 },
    ]);
    expect(answers.filter(({ outcome }) => outcome === "already")).toHaveLength(9);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 80 });
    expect(await auditOf(userId)).toEqual([
      { action: "grant", ...by, detail: { amount: 30, key: gift.key } },
    ]);
  });

  it("needs a person, an amount and a reason", async () => {
    const userId = await createPerson(db, 0);
    expect(await grantCredits(db, { userId: "usr_none", amount: 1, key: "a-key", ...by })).toEqual({
      outcome: "not_found",
    });
    for (const amount of [0, -5, 1_000_001]) {
      expect(await refusalOf(grantCredits(db, { userId, amount, key: "b-key", ...by }))).toBe("22023");
    }
    expect(await refusalOf(grantCredits(db, { userId, amount: 1, key: "c-key", ...by, reason: "" }))).toBe(
      "23514",
    );
    expect(await balanceOf(db, userId)).toMatchObject({ available: 0 });
  });
});

describe("credits that should not have been given", () => {
  it("[F-69] are taken back as far as they are there; the rest is written off, never below nothing", async () => {
    const userId = await createPerson(db, 50);
    await reach(db, userId, "succeeded", { request: { unitPrice: 30 } });
    const step = { userId, amount: 50, key: `back-${userId}`, ...by };
    expect(await clawBackCredits(db, step)).toEqual({
      outcome: "taken",
      taken: 20,
      writtenOff: 30,
      available: 0,
    });
    expect(await clawBackCredits(db, step)).toEqual({ outcome: "already", available: 0 });
    expect(await auditOf(userId)).toMatchObject([{ action: "claw_back", detail: { amount: 50, taken: 20 } }]);
  });

  it("of somebody who has them all are taken whole, and of nobody not at all", async () => {
    const userId = await createPerson(db, 50);
    expect(await clawBackCredits(db, { userId, amount: 50, key: `back-${userId}`, ...by })).toMatchObject({
      taken: 50,
      writtenOff: 0,
    });
    for (const amount of [0, -5, 1_000_001]) {
      expect(await refusalOf(clawBackCredits(db, { userId, amount, key: "no-amount", ...by }))).toBe("22023");
    }
    expect(await clawBackCredits(db, { userId: "usr_none", amount: 5, key: "no-key", ...by })).toEqual({
      outcome: "not_found",
    });
  });
});

describe("a refund", () => {
  it("[F-61] is given once, whole, however often it is asked for", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded", { request: { outputCount: 2 } });
    const step = { generationId: id, amount: null, ...by };
    const answers = await Promise.all(Array.from({ length: 10 }, () => refundGeneration(db, step)));
    expect(answers.filter(({ outcome }) => outcome === "refunded")).toEqual([
      { outcome: "refunded", amount: 20, unit: "credit", userId },
    ]);
    expect(answers.filter(({ outcome }) => outcome === "already")).toHaveLength(9);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 50 });
    expect(await auditOf(id)).toEqual([{ action: "refund", ...by, detail: { amount: 20 } }]);
  });

  it("[F-61] is never more than was charged, and a part of it is all there will be", async () => {
    const userId = await createPerson(db, 50);
    const { id } = await reach(db, userId, "succeeded", { request: { outputCount: 2 } });
    expect(await refundGeneration(db, { generationId: id, amount: 21, ...by })).toEqual({
      outcome: "too_much",
      captured: 20,
    });
    expect(await refundGeneration(db, { generationId: id, amount: 5, ...by })).toMatchObject({ amount: 5 });
    expect(await refundGeneration(db, { generationId: id, amount: 5, ...by })).toEqual({
      outcome: "already",
      amount: 5,
    });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 35 });
  });

  it.for(["failed", "canceled", "running"] as const)(
    "[F-61] of one that is %s is none: it was not charged",
    async (state) => {
      const userId = await createPerson(db, 50);
      const scene = await reach(db, userId, state);
      expect(await refundGeneration(db, { generationId: scene.id, amount: null, ...by })).toEqual({
        outcome: "not_charged",
      });
      await endGeneration(db, scene.id);
    },
  );

  it("of a free picture goes back to its month", async () => {
    const userId = await createPerson(db, 0);
    const { id } = await reach(db, userId, "succeeded", { request: { unit: "picture", unitPrice: 1 } });
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 4 });
    expect(await refundGeneration(db, { generationId: id, amount: null, ...by })).toMatchObject({
      unit: "picture",
    });
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 5 });
  });

  it("[F-67] of a free picture of a month that is over adds nothing to this one, and expires with its own", async () => {
    const userId = await createPerson(db, 0);
    const balances = async () => [
      ...(await owner`select period, balance::int as balance from ledger_accounts
        where user_id = ${userId} and unit = 'picture' and kind = 'available' order by period`),
    ];
    await clock.freeze("2034-01-31T12:00:00Z");
    const { id } = await reach(db, userId, "succeeded", { request: { unit: "picture", unitPrice: 1 } });
    await clock.freeze("2034-02-01T12:00:00Z");
    await expireBuckets(db, 1_000);
    expect(await balances()).toEqual([{ period: "2034-01", balance: 0 }]);
    await refundGeneration(db, { generationId: id, amount: null, ...by });
    expect(await balances()).toEqual([{ period: "2034-01", balance: 1 }]);
    expect(await balanceOf(db, userId)).toMatchObject({ freeRemaining: 5 });
    await expireBuckets(db, 1_000);
    expect(await balances()).toEqual([{ period: "2034-01", balance: 0 }]);
    const [line] = await owner`
      select t.kind, e.amount::int as amount from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
       where e.account_id = (select id from ledger_accounts where user_id = ${userId} and period = '2034-01' and kind = 'available')
       order by e.id desc limit 1`;
    expect(line).toEqual({ kind: "expire", amount: -1 });
    await clock.reset();
  });

  it("of what never was finds nothing", async () => {
    expect(await refundGeneration(db, { generationId: "gen_none", amount: null, ...by })).toEqual({
      outcome: "not_found",
    });
  });
});

describe("a code", () => {
  const RATE = { count: 1_000_000, seconds: 1 };
  const redeem = (userId: string, code: string, rate = RATE) =>
    redeemCode(db, { userId, codeHash: hashCode(code), signupCredits: 0, rate });
  async function make({ usesMax = 1, amount = 25, expiresAt = null as Date | null } = {}): Promise<string> {
    const code = newCode();
    await makeRedeemCodes(db, { codeHashes: [hashCode(code)], amount, usesMax, expiresAt, ...by });
    return code;
  }

  it.for([0, -1, 1_000_001])("that would give %d credits is not made", async (amount) => {
    expect(await refusalOf(make({ amount }))).toBe("22023");
  });

  it.for([1, 1_000_000])("that gives %d credits is made", async (amount) => {
    const userId = await createPerson(db, 0);
    expect(await redeem(userId, await make({ amount }))).toMatchObject({ granted: amount });
  });

  it("gives its credits, however it is written", async () => {
    const userId = await createPerson(db, 0);
    for (const write of [
      (code: string) => code,
      (code: string) => code.toLowerCase(),
      (code: string) => ` ${code.replaceAll("-", " ")} `,
      (code: string) => code.replaceAll("0", "o").replaceAll("1", "I"),
    ]) {
      expect(await redeem(userId, write(await make()))).toMatchObject({ outcome: "redeemed", granted: 25 });
    }
    expect(await balanceOf(db, userId)).toMatchObject({ available: 100 });
  });

  it("[F-60] counts once for a person who sends it twenty times at once", async () => {
    const userId = await createPerson(db, 0);
    const code = await make({ usesMax: 5 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(userId, code)));
    expect(answers.filter(({ outcome }) => outcome === "redeemed")).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === "already")).toHaveLength(19);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 25 });
  });

  it("[F-10] whose answer was lost is told, asked again, with what it gave", async () => {
    const userId = await createPerson(db, 5);
    const code = await make();
    await redeem(userId, code);
    expect(await redeem(userId, code)).toEqual({ outcome: "already", granted: 25, available: 30 });
  });

  it("for three goes to exactly three of twelve who race for it", async () => {
    const code = await make({ usesMax: 3 });
    const people = await Promise.all(Array.from({ length: 12 }, () => createPerson(db, 0)));
    const answers = await Promise.all(people.map((userId) => redeem(userId, code)));
    expect(answers.filter(({ outcome }) => outcome === "redeemed")).toHaveLength(3);
    expect(answers.filter(({ outcome }) => outcome === "invalid")).toHaveLength(9);
  });

  it("that is expired, used up or made up is answered in one way", async () => {
    const userId = await createPerson(db, 0);
    const expired = await make({ expiresAt: new Date(Date.now() - 1_000) });
    const used = await make();
    await redeem(await createPerson(db, 0), used);
    for (const code of [expired, used, newCode(), "0000"]) {
      expect(await redeem(userId, code)).toEqual({ outcome: "invalid" });
    }
    expect(await balanceOf(db, userId)).toMatchObject({ available: 0 });
  });

  it("may be guessed at as often as the allowance says, right or wrong, and no more", async () => {
    const userId = await createPerson(db, 0);
    const rate = { count: 3, seconds: 600 };
    for (let number = 0; number < 3; number++) {
      expect(await redeem(userId, newCode(), rate)).toEqual({ outcome: "invalid" });
    }
    expect(await redeem(userId, await make(), rate)).toMatchObject({ outcome: "rate_limited" });
    expect(await balanceOf(db, userId)).toMatchObject({ available: 0 });
  });

  it("is nowhere in the database, only its hash", async () => {
    const code = await make();
    const [row] = await owner<{ text: string }[]>`
      select (select string_agg(c::text, ' ') from redeem_codes c)
          || (select string_agg(a::text, ' ') from audit_entries a) as text`;
    expect(row?.text).not.toContain(code);
    expect(row?.text).not.toContain(code.replaceAll("-", ""));
    expect(row?.text).toContain(hashCode(code).toString("hex"));
  });

  it("opens the wallet of somebody whose sign-up was cut short", async () => {
    const userId = `usr_cut_${Date.now()}`;
    expect(await redeem(userId, await make())).toMatchObject({ outcome: "redeemed", available: 25 });
  });
});

describe("the audit", () => {
  it("is one chain, however many write at once", async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => createPerson(db, 0)));
    await Promise.all(
      people.map((userId) => grantCredits(db, { userId, amount: 1, key: `chain-${userId}`, ...by })),
    );
    const [row] = await owner`
      select count(*)::int as broken from (
        select previous_hash, lag(hash) over (order by id) as before from audit_entries) a
       where before is not null and previous_hash <> before`;
    expect(row).toEqual({ broken: 0 });
  });

  it("cannot be written around: the hashes are the trigger's, whoever inserts", async () => {
    await owner`insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash)
      values ('operator:eve', 'grant', 'x', 'y', '{}', now(), 'forged', 'forged')`;
    const [row] = await owner`select hash = 'forged' as forged from audit_entries order by id desc limit 1`;
    expect(row).toEqual({ forged: false });
  });
});
