import { beforeEach, describe, expect, it } from "vitest";
import { openWallet, readBalance } from "@/db/queries/credits";
import { deleteGeneration } from "@/db/queries/generations";
import { newId } from "@/lib/ids";
import { endGeneration, reach, reserve } from "@/tests/support/generations";
import { createHold } from "@/tests/support/hold-rows";
import { openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger({ poolMax: 20 });
const hold = createHold(owner);

beforeEach(async () => {
  await owner`delete from users`;
});

async function signUp(isFirstAccountOperator = true): Promise<string> {
  const userId = newId("user");
  await db.$client`insert into users (id, name, email) values (${userId}, 'Ada', ${`${userId}@example.com`})`;
  await openWallet(db, { userId, signupCredits: 50, isFirstAccountOperator });
  return userId;
}
const operators = async () =>
  (await owner`select id from users where role = 'operator'`).map(({ id }) => String(id));
const grantsOf = async (userId: string) => {
  const [row] = await owner<{ count: number }[]>`
    select count(*)::int as count from ledger_transactions t
     where t.kind = 'grant' and exists (select 1 from ledger_entries e join ledger_accounts a on a.id = e.account_id
                                         where e.transaction_id = t.id and a.user_id = ${userId})`;
  return row?.count;
};

describe("a sign-up", () => {
  it("grants once, however often it is repeated", async () => {
    const userId = await signUp();
    await Promise.all(
      Array.from({ length: 30 }, () =>
        openWallet(db, { userId, signupCredits: 50, isFirstAccountOperator: true }),
      ),
    );
    expect(await grantsOf(userId)).toBe(1);
    expect(await readBalance(db, { userId, signupCredits: 50, freeMonthlyLimit: 5 })).toMatchObject({
      available: 50,
    });
  });

  it("that was cut short before its wallet is made whole by whoever looks first, once", async () => {
    const userId = newId("user");
    const looks = Array.from({ length: 15 }, () =>
      readBalance(db, { userId, signupCredits: 50, freeMonthlyLimit: 5 }),
    );
    const submits = Array.from({ length: 15 }, () =>
      reserve(db, userId, { policy: { signupCredits: 50, liveMax: 0 } }),
    );
    const balances = await Promise.all(looks);
    expect(new Set((await Promise.all(submits)).map(({ outcome }) => outcome))).toEqual(
      new Set(["too_many_running"]),
    );
    expect(new Set(balances.map(({ available }) => available))).toEqual(new Set([50]));
    expect(await grantsOf(userId)).toBe(1);
  });

  it("with no credits to give opens an empty wallet", async () => {
    const userId = newId("user");
    await openWallet(db, { userId, signupCredits: 0, isFirstAccountOperator: false });
    expect(await readBalance(db, { userId, signupCredits: 0, freeMonthlyLimit: 5 })).toMatchObject({
      available: 0,
      held: 0,
      freeRemaining: 5,
    });
    expect(await grantsOf(userId)).toBe(0);
  });
});

it("a balance is the person's own, and tells what their last task cost that does not lie in the bin", async () => {
  const [userId, stranger] = [await signUp(), await signUp()];
  const read = (person = userId) =>
    readBalance(db, { userId: person, signupCredits: 50, freeMonthlyLimit: 5 });
  expect(await read()).toMatchObject({ lastCost: 0 });
  await reach(db, userId, "failed");
  const last = await reach(db, userId, "failed", { request: { outputCount: 2 } });
  await reach(db, stranger, "failed", { request: { outputCount: 4 } });
  expect(await read()).toMatchObject({ lastCost: 20 });
  await deleteGeneration(db, { userId, generationId: last.id });
  expect(await read()).toMatchObject({ lastCost: 10 });
  const running = await reach(db, userId, "running");
  expect(await read()).toMatchObject({ available: 40, held: 10 });
  expect(await read(stranger)).toMatchObject({ available: 50, held: 0 });
  await endGeneration(db, running.id);
});

describe("the first account", () => {
  it("is the operator, and the next is not", async () => {
    const first = await signUp();
    await signUp();
    expect(await operators()).toEqual([first]);
  });

  it("is exactly one of twenty that sign up at the same time", async () => {
    await Promise.all(Array.from({ length: 20 }, () => signUp()));
    expect(await operators()).toHaveLength(1);
  });

  it("is the operator also when the next one comes before it is there for all to see", async () => {
    const [first, next] = [await signUp(false), await signUp(false)];
    const open = (userId: string) =>
      openWallet(db, { userId, signupCredits: 50, isFirstAccountOperator: true });
    let second: Promise<unknown> | undefined;
    await hold(`select open_wallet('${first}', 50, true)`, async (_, waiting) => {
      second = open(next);
      await waiting(1);
    });
    await second;
    expect(await operators()).toEqual([first]);
  });

  it("is nobody where operators are named", async () => {
    await signUp(false);
    expect(await operators()).toEqual([]);
  });
});
