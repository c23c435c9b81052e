import { describe, expect, it } from "vitest";
import { checkInvariants, type Violation } from "@/db/check-invariants";
import { INVARIANTS } from "@/db/invariants";
import { redeemCode } from "@/db/queries/credits";
import { grantCredits, makeRedeemCodes } from "@/db/queries/operations";
import { recordDelivery } from "@/db/queries/webhook-deliveries";
import { hashCode } from "@/lib/credits/hash-code";
import { newCode } from "@/lib/credits/new-code";
import { reach, reserve } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";

// Each corruption is planted by the superuser with every guard switched off, in a transaction that is rolled back, so the
// checks are run inside of it: what the guards refuse, the checks must still see.

const { db, database, openSuperuser } = await openTestLedger();
const userId = await createPerson(db, 1_000);
const otherId = await createPerson(db, 1_000);
const succeeded = await reach(db, userId, "succeeded");
const failed = await reach(db, userId, "failed");
const live = await reach(db, userId, "running");
await reserve(db, otherId, { key: "a-key-of-b" });
await reach(db, otherId, "failed");
await recordDelivery(db, {
  webhookId: "msg_1",
  tokenHash: null,
  bodyHash: Buffer.alloc(32),
  prediction: {},
});

const by = { actor: "operator:ada", reason: "a test" } as const;
for (const person of [userId, otherId]) {
  await grantCredits(db, { userId: person, amount: 1, key: `a-grant-of-${person}`, ...by });
}
const code = hashCode(newCode());
await makeRedeemCodes(db, { codeHashes: [code], amount: 3, usesMax: 2, expiresAt: null, ...by });
const rate = { count: 100, seconds: 1 };
for (const person of [userId, otherId]) {
  await redeemCode(db, { userId: person, codeHash: code, signupCredits: 0, rate });
}

/** What breaks an invariant once these statements have been run. */
async function violationsAfter(...acts: string[]): Promise<Violation[]> {
  const sql = openSuperuser();
  try {
    await sql`begin`;
    await sql`set local session_replication_role = replica`;
    for (const act of acts) {
      await sql.unsafe(act);
    }
    const found: Violation[] = [];
    for (const statement of INVARIANTS) {
      found.push(...(await sql.unsafe<Violation[]>(statement)));
    }
    return found;
  } finally {
    await sql`rollback`;
    await sql.end();
  }
}

/** The numbers of the invariants that are broken then. */
async function brokenAfter(...acts: string[]): Promise<string[]> {
  const found = await violationsAfter(...acts);
  return [...new Set(found.map(({ invariant }) => /^I\d+/.exec(invariant)?.[0] ?? invariant))];
}

const reserveOf = (id: string) =>
  `(select id from ledger_transactions where generation_id = '${id}' and kind = 'reserve')`;
const endOf = (id: string) =>
  `(select id from ledger_transactions where generation_id = '${id}' and kind in ('capture', 'release'))`;
const othersEnd = `(select t.id from ledger_transactions t join generations g on g.id = t.generation_id
  where g.user_id = '${otherId}' and t.kind = 'release')`;
const accountOf = (id: string, kind: string) =>
  `(select id from ledger_accounts where user_id = '${id}' and kind = '${kind}' and unit = 'credit')`;
const house = (kind: string, unit = "credit") =>
  `(select id from ledger_accounts where user_id is null and kind = '${kind}' and unit = '${unit}')`;

const move = (id: string, kind: string, more = "null, null") =>
  `insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason)
   values ('${id}', '${id}', '${kind}', ${more}, 'planted', 'planted')`;
const entry = (id: string, account: string, amount: number, after = "null") =>
  `insert into ledger_entries (transaction_id, account_id, amount, balance_after)
   values ('${id}', ${account}, ${amount}, ${after})`;

const CORRUPTIONS: [invariant: string, what: string, statements: string[]][] = [
  [
    "I1",
    "an entry's amount was changed",
    [
      `update ledger_entries set amount = amount + 1 where transaction_id = ${endOf(failed.id)} and amount > 0`,
    ],
  ],
  ["I2", "a movement without entries", [move("ltx_x", "adjust")]],
  [
    "I3",
    "value out of nowhere",
    [move("ltx_x", "adjust"), entry("ltx_x", accountOf(userId, "available"), 100)],
  ],
  [
    "I4",
    "a cached balance was raised",
    [`update ledger_accounts set balance = balance + 1 where id = ${accountOf(userId, "available")}`],
  ],
  [
    "I5",
    "a balance below nothing",
    [
      "alter table ledger_accounts drop constraint ledger_accounts_no_overdraft_check",
      `update ledger_accounts set balance = -1 where id = ${accountOf(userId, "available")}`,
    ],
  ],
  [
    "I6",
    "a balance that was below nothing",
    [
      "alter table ledger_entries drop constraint ledger_entries_balance_after_check",
      `update ledger_entries set balance_after = -5 where transaction_id = ${reserveOf(live.id)}`,
    ],
  ],
  ["I7", "a hold that is gone", [`delete from ledger_transactions where id = ${reserveOf(live.id)}`]],
  ["I8", "an end of a hold that is gone", [`delete from ledger_transactions where id = ${endOf(failed.id)}`]],
  ["I9", "a live generation whose hold has ended", [move("ltx_x", "release", `'${live.id}', 'x'`)]],
  [
    "I10",
    "a failure that was charged",
    [`update ledger_transactions set kind = 'capture' where id = ${endOf(failed.id)}`],
  ],
  [
    "I11",
    "a picture that was charged twice",
    [`update ledger_entries set amount = 2 * amount where transaction_id = ${endOf(succeeded.id)}`],
  ],
  [
    "I11",
    "an amount that disagrees with the pictures",
    [`update generations set captured_amount = 0 where id = '${succeeded.id}'`],
  ],
  [
    "I12",
    "a hold of nobody's",
    [`update ledger_accounts set balance = balance + 10 where id = ${accountOf(userId, "held")}`],
  ],
  [
    "I12",
    "a generation that ended and still holds",
    [`update generations set held_amount = 20, output_count = 2 where id = '${live.id}'`],
  ],
  [
    "I13",
    "a lost event",
    [`delete from generation_events where generation_id = '${succeeded.id}' and version = 1`],
  ],
  [
    "I14",
    "an event that follows from nothing",
    [
      `update generation_events set from_state = 'unknown' where generation_id = '${succeeded.id}' and version = 2`,
    ],
  ],
  [
    "I15",
    "an illegal step",
    [
      `update generation_events set to_state = 'succeeded' where generation_id = '${live.id}' and version = 2`,
    ],
  ],
  [
    "I16",
    "a state that no event led to",
    [`update generations set state = 'unknown' where id = '${live.id}'`],
  ],
  [
    "I17",
    "a live row that nobody will look at",
    [
      "alter table generations drop constraint generations_due_check",
      `update generations set due_at = null where id = '${live.id}'`,
    ],
  ],
  [
    "I18",
    "a key that opens another person's",
    [`update idempotency_keys set user_id = '${userId}' where key = 'a-key-of-b'`],
  ],
  [
    "I19",
    "a prediction on two attempts",
    [
      "alter table attempts drop constraint attempts_prediction_id_key",
      `update attempts set prediction_id = '${live.predictionId}' where generation_id = '${succeeded.id}'`,
    ],
  ],
  ["I20", "a success without a picture", [`delete from assets where generation_id = '${succeeded.id}'`]],
  [
    "I20",
    "a failure with a picture",
    [`update assets set generation_id = '${failed.id}' where generation_id = '${succeeded.id}'`],
  ],
  [
    "I21",
    "a webhook that nobody applied",
    ["update webhook_deliveries set received_at = now() - interval '6 minutes'"],
  ],
  [
    "I22",
    "an effect that nobody did",
    [
      "insert into outbox (topic, dedup_key, payload, due_at, created_at) values ('x', 'x', '{}', now() - interval '6 minutes', now())",
    ],
  ],
  [
    "I23",
    "a generation that outlived its deadline",
    [`update generations set deadline_at = now() - interval '3 minutes' where id = '${live.id}'`],
  ],
  [
    "I24",
    "a hold that vanished from a person",
    [
      `update ledger_entries set account_id = ${house("writeoff")} where transaction_id = ${reserveOf(live.id)} and amount > 0`,
    ],
  ],
  [
    "I25",
    "credits turned into pictures",
    [move("ltx_x", "adjust"), entry("ltx_x", house("mint", "picture"), -5), entry("ltx_x", house("mint"), 5)],
  ],
];

const refundTo = (account: string) => [
  move("ltx_x", "refund", `'${succeeded.id}', null`),
  entry("ltx_x", house("revenue"), -10),
  entry("ltx_x", account, 10),
  `update ledger_accounts set balance = balance + 10 where id = ${account}`,
  `update generations set refunded_amount = 10 where id = '${succeeded.id}'`,
];

CORRUPTIONS.push(
  ["I24", "a refund on another person's account", refundTo(accountOf(otherId, "available"))],
  ["I24", "a refund on another account of its person's", refundTo(accountOf(userId, "held"))],
  [
    "I24",
    "a generation that is another person's now",
    [`update generations set user_id = '${otherId}' where id = '${succeeded.id}'`],
  ],
  [
    "I24",
    "two persons' returns, exchanged",
    [
      `update ledger_entries set account_id = ${accountOf(otherId, "available")}
        where transaction_id = ${endOf(failed.id)} and amount > 0`,
      `update ledger_entries set account_id = ${accountOf(userId, "available")}
        where transaction_id in ${othersEnd} and amount > 0`,
    ],
  ],
  [
    "I20",
    "a late success without a picture",
    [`update generations set late_at = now() where id = '${failed.id}'`],
  ],
  [
    "I26",
    "a line of the audit was changed",
    ["update audit_entries set reason = 'another' where subject = 'redeem_codes'"],
  ],
  [
    "I26",
    "a line of the audit was taken out",
    ["delete from audit_entries where id = (select min(id) from audit_entries)"],
  ],
  [
    "I27",
    "a refund that never moved",
    [`update generations set refunded_amount = 1 where id = '${succeeded.id}'`],
  ],
  ["I28", "a code that gave twice", ["update redeem_codes set uses_max = 1, amount = 4"]],
);

describe("a corruption is seen", () => {
  it("by its generation, where a refund went to another person", async () => {
    const found = await violationsAfter(...refundTo(accountOf(otherId, "available")));
    expect(found).toContainEqual({
      invariant: "I24 an entry of a generation on another account than its own",
      subject: succeeded.id,
    });
    expect(new Set(found.map(({ invariant }) => /^I\d+/.exec(invariant)?.[0]))).toEqual(new Set(["I24"]));
  });

  it.for(CORRUPTIONS)("%s: %s", async ([invariant, , statements]) => {
    expect(await brokenAfter(...statements)).toContain(invariant);
  });

  it("for every invariant there is one", () => {
    const numbers = [...INVARIANTS.join("\n").matchAll(/select '(I\d+) /g)].map((match) => match[1]);
    expect(new Set(numbers).size).toBe(28);
    expect(new Set(CORRUPTIONS.map(([invariant]) => invariant))).toEqual(new Set(numbers));
  });
});

describe("a sound database", () => {
  it("has nothing to report, with live and ended generations in it", async () => {
    expect(await brokenAfter()).toEqual([]);
    expect(await checkInvariants(database.ownerUrl)).toEqual([]);
  });

  it("is not checked by the app alone: the checks read only", async () => {
    expect(await checkInvariants(database.appUrl)).toEqual([]);
  });
});
