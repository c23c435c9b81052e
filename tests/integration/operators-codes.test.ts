import { describe, expect, it } from "vitest";
import { listCodes } from "@/db/queries/codes";
import { redeemCode } from "@/db/queries/credits";
import { endRedeemCode } from "@/db/queries/operations";
import { eraseDuePerson, scheduleErasure } from "@/db/queries/people";
import { hashCode } from "@/lib/credits/hash-code";
import { newCode } from "@/lib/credits/new-code";
import { actAsOperator } from "@/lib/operators/act";
import { listCodePage, readCodeFile } from "@/lib/operators/read-codes";
import { listAuditPage } from "@/lib/operators/read-lists";
import { createHold } from "@/tests/support/hold-rows";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();
const hold = createHold(owner);
const RATE = { count: 1_000_000, seconds: 1 };

const redeem = (userId: string, code: string) =>
  redeemCode(db, { userId, codeHash: hashCode(code), signupCredits: 0, rate: RATE });
const make = (codes: string[], change: { amount?: number; usesMax?: number; expiresAt?: string } = {}) =>
  actAsOperator({ db }, "usr_operator", {
    act: "make_codes",
    codeHashes: codes.map((code) => hashCode(code).toString("hex")),
    amount: 25,
    usesMax: 1,
    expiresAt: null,
    reason: "Launch party",
    ...change,
  });
const end = (code: string) =>
  actAsOperator({ db }, "usr_operator", { act: "end_code", code, reason: "It was posted in public" });
const newest = async () => {
  const { codes } = await listCodePage({ db }, null);
  const [code] = codes;
  if (!code) {
    throw new Error("no code was made");
  }
  return code;
};
const audited = async (action: string) =>
  (await listAuditPage({ db }, null)).entries.filter((entry) => entry.action === action);

describe("codes that an operator makes", () => {
  it("are made once, however often their hashes come, with who and why", async () => {
    const codes = [newCode(), newCode(), newCode()];
    expect(await make(codes)).toEqual({ outcome: "made" });
    expect(await make(codes)).toEqual({ outcome: "made" });
    const { codes: listed, nextBefore } = await listCodePage({ db }, null);
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({
      amount: 25,
      uses: 0,
      usesMax: 1,
      expiresAt: null,
      reason: "Launch party",
      madeBy: "operator:usr_operator",
      end: null,
      state: "open",
    });
    expect(nextBefore).toBeNull();
    expect(await audited("make_codes")).toMatchObject([{ reason: "Launch party" }]);
  });

  it("give their credits to whoever has them, and tell how far they are used and by whom", async () => {
    const code = newCode();
    await make([code], { usesMax: 2 });
    const { id } = await newest();
    const [ada, grace] = [await createPerson(db, 0), await createPerson(db, 0)];
    await redeem(ada, code);
    expect(await newest()).toMatchObject({ id, uses: 1, state: "open" });
    await redeem(grace, code);
    expect(await balanceOf(db, grace)).toMatchObject({ available: 25 });
    await scheduleErasure(db, { userId: ada, days: 0 });
    await eraseDuePerson(db);
    const file = await readCodeFile({ db }, id);
    expect(file?.code).toMatchObject({ uses: 2, usesMax: 2, state: "used_up" });
    expect(file?.redemptions).toMatchObject([
      { userId: grace, hasAccount: true },
      { userId: ada, hasAccount: false },
    ]);
    expect(await readCodeFile({ db }, "cod_none")).toBeNull();
  });

  it("are over at their moment, and one from the predecessor has nobody who made it", async () => {
    await make([newCode()], { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    expect(await newest()).toMatchObject({ state: "expired", end: null });
    await owner`insert into redeem_codes (id, code_hash, amount, uses_max, reason, created_at)
      values ('cod_legacy_7', sha256('7'), 5, 1, 'legacy', '2025-01-01')`;
    expect((await readCodeFile({ db }, "cod_legacy_7"))?.code).toMatchObject({ madeBy: null, state: "open" });
  });

  it("are listed a page at a time, each once", async () => {
    const all = await listCodes(db, { before: null, limit: 100 });
    const seen: string[] = [];
    for (let before: string | null | undefined = null; before !== undefined; ) {
      const page: typeof all = await listCodes(db, { before, limit: 2 });
      seen.push(...page.map(({ id }) => id));
      before = page.at(-1)?.id;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(await listCodes(db, { before: "cod_none", limit: 2 })).toEqual([]);
  });
});

describe("a code that was switched off", () => {
  it("gives nothing any more, and keeps what it gave, with who ended it and why", async () => {
    const [other, code] = [newCode(), newCode()];
    await make([other]);
    await make([code], { usesMax: 5 });
    const { id } = await newest();
    const [before, after] = [await createPerson(db, 0), await createPerson(db, 0)];
    await redeem(before, code);
    expect(await end(id)).toEqual({ outcome: "ended" });
    expect(await redeem(after, code)).toEqual({ outcome: "invalid" });
    expect(await redeem(await createPerson(db, 0), other)).toMatchObject({ outcome: "redeemed" });
    expect(await redeem(before, code)).toMatchObject({ outcome: "already" });
    expect(await balanceOf(db, before)).toMatchObject({ available: 25 });
    expect(await balanceOf(db, after)).toMatchObject({ available: 0 });
    expect(await newest()).toMatchObject({
      state: "ended",
      end: { actor: "operator:usr_operator", reason: "It was posted in public" },
    });
    expect(await end(id)).toEqual({ outcome: "already" });
    expect((await audited("end_code")).filter(({ subject }) => subject === id)).toHaveLength(1);
  });

  it("is found as it is written, too, and nowhere in the audit but by its id", async () => {
    const code = newCode();
    await make([code, newCode()]);
    expect(await end(` ${code.toLowerCase().replaceAll("-", " ")} `)).toEqual({ outcome: "ended" });
    const { codes } = await listCodePage({ db }, null);
    expect(codes.slice(0, 2).map(({ state }) => state)).toEqual(expect.arrayContaining(["open", "ended"]));
    const [row] = await owner<{ text: string }[]>`
      select string_agg(a::text, ' ') as text from audit_entries a where action = 'end_code'`;
    expect(row?.text).not.toContain(code.replaceAll("-", ""));
  });

  it("was expired already, or there is none: then nothing is done", async () => {
    const code = newCode();
    await make([code], { expiresAt: new Date(Date.now() - 1_000).toISOString() });
    const count = (await audited("end_code")).length;
    expect(await end(code)).toEqual({ outcome: "already" });
    await expect(end(newCode())).rejects.toMatchObject({ reason: "not_found" });
    const step = {
      codeId: "cod_none",
      actor: "operator:usr_operator",
      reason: "It was posted in public",
    } as const;
    expect(await endRedeemCode(db, step)).toEqual({ outcome: "not_found" });
    expect(await audited("end_code")).toHaveLength(count);
  });

  it("goes to nobody who waited for it meanwhile", async () => {
    const code = newCode();
    await make([code]);
    const { id } = await newest();
    const userId = await createPerson(db, 0);
    let redeeming: ReturnType<typeof redeem> | undefined;
    const ending = `select end_redeem_code('${id}', 'operator:usr_operator', 'It was posted in public')`;
    await hold(ending, async (_, waiting) => {
      redeeming = redeem(userId, code);
      await waiting(1);
    });
    expect(await redeeming).toEqual({ outcome: "invalid" });
  });
});
