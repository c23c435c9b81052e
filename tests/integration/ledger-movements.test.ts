import { describe, expect, it } from "vitest";
import { endGeneration, reach } from "@/tests/support/generations";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";
import { type Movement, postByHand, refusalOf } from "@/tests/support/refusals";

const ledger = await openTestLedger();
const { db, owner } = ledger;
const userId = await createPerson(db, 10_000);
const settled = await reach(db, userId, "succeeded");
const live = await reach(db, userId, "running");

const accounts = await owner<{ kind: string; unit: string; id: string }[]>`
  select kind, unit, id::text as id from ledger_accounts where user_id is null or user_id = ${userId}`;
function account(kind: string, unit = "credit"): string {
  return accounts.find((row) => row.kind === kind && row.unit === unit)?.id ?? "0";
}
const post = (movement: Movement) => postByHand(ledger, movement);
const idOfHold = async (generationId: string): Promise<string> => {
  const [row] = await owner<{ id: string }[]>`
    select id from ledger_transactions where generation_id = ${generationId} and kind = 'reserve'`;
  return row?.id ?? "";
};

const GIFT: Movement["entries"] = [
  [account("mint"), -3],
  [account("available"), 3],
];

describe("a movement", () => {
  it("that balances is accepted", async () => {
    expect(await post({ entries: GIFT })).toBe("accepted");
  });

  it.for([
    [
      "that does not sum to zero",
      [
        [account("mint"), -3],
        [account("available"), 4],
      ],
    ],
    ["without entries", []],
    ["of one entry", [[account("available"), 3]]],
    [
      "of two units",
      [
        [account("mint", "picture"), -3],
        [account("available"), 3],
      ],
    ],
    [
      "of nothing",
      [
        [account("mint"), 0],
        [account("available"), 0],
      ],
    ],
  ] satisfies [string, Movement["entries"]][])("%s is refused", async ([, entries]) => {
    expect(await post({ entries })).toBe("23514");
  });

  it("that names one account twice is refused", async () => {
    const entries: Movement["entries"] = [
      [account("available"), 3],
      [account("available"), -3],
    ];
    expect(await post({ entries })).toBe("23505");
  });

  it("that overdraws a person by one credit is refused", async () => {
    const [row] = await owner<{ balance: number }[]>`
      select balance::int as balance from ledger_accounts where id = ${account("available")}`;
    const amount = (row?.balance ?? 0) + 1;
    const entries: Movement["entries"] = [
      [account("available"), -amount],
      [account("revenue"), amount],
    ];
    expect(await post({ entries })).toBe("23514");
  });

  it("under a key that was used is refused", async () => {
    expect(await post({ entries: GIFT, key: `signup:${userId}` })).toBe("23505");
  });

  it("of an earlier transaction is sealed: no entry joins it", async () => {
    const add = owner`insert into ledger_entries (transaction_id, account_id, amount)
      select id, ${account("revenue")}, 5 from ledger_transactions where idempotency_key = ${`signup:${userId}`}`;
    expect(await refusalOf(add)).toBe("42501");
  });

  it.for([
    ["a reserve without a generation", { kind: "reserve" }],
    ["a grant with a generation", { kind: "grant", generationId: settled.id }],
    ["a release that ends no hold", { kind: "release", generationId: live.id }],
    ["an unknown kind", { kind: "gift" }],
  ] as const)("that makes no sense is refused: %s", async ([, fields]) => {
    expect(await post({ entries: GIFT, ...fields })).toBe("23514");
  });

  it("that is a grant and ends a hold is refused", async () => {
    expect(await post({ entries: GIFT, kind: "grant", resolves: await idOfHold(live.id) })).toBe("23514");
  });

  it("that ends a hold a second time is refused", async () => {
    const resolves = await idOfHold(settled.id);
    expect(await post({ entries: GIFT, kind: "release", generationId: settled.id, resolves })).toBe("23505");
  });

  it("that gives a generation's refund to somebody else is refused", async () => {
    const [other] = await owner<{ id: string }[]>`
      select id::text as id from ledger_accounts
       where user_id = ${await createPerson(db, 0)} and kind = 'available' and unit = 'credit'`;
    const entries: Movement["entries"] = [
      [account("mint"), -3],
      [other?.id ?? "0", 3],
    ];
    expect(await post({ entries, kind: "refund", generationId: settled.id })).toBe("23514");
    // It is the owner that is wrong, and nothing else.
    expect(await post({ entries })).toBe("accepted");
  });

  it("that holds or refunds a second time is refused", async () => {
    expect(await post({ entries: GIFT, kind: "reserve", generationId: settled.id })).toBe("23505");
    expect(await post({ entries: GIFT, kind: "refund", generationId: settled.id })).toBe("accepted");
    expect(await post({ entries: GIFT, kind: "refund", generationId: settled.id })).toBe("23505");
    await owner`update generations set refunded_amount = 3 where id = ${settled.id}`;
  });
});

describe("money and state agree at every commit", () => {
  it("a generation without a hold is refused", async () => {
    const insert = owner`
      insert into generations select (jsonb_populate_record(g, '{"id": "gen_unpaid"}')).* from generations g
       where g.id = ${live.id}`;
    expect(await refusalOf(insert)).toBe("23514");
  });

  it("a generation that has another movement instead of its hold is refused", async () => {
    const connection = await owner.reserve();
    const act = connection.unsafe(`begin;
      insert into generations select (jsonb_populate_record(g, '{"id": "gen_unpaid"}')).* from generations g
       where g.id = '${live.id}';
      insert into ledger_transactions (id, idempotency_key, kind, generation_id, actor, reason)
      values ('ltx_instead', 'instead', 'refund', 'gen_unpaid', 'x', 'x');
      insert into ledger_entries (transaction_id, account_id, amount)
      values ('ltx_instead', ${account("revenue")}, -3), ('ltx_instead', ${account("available")}, 3);
      set constraints all immediate`);
    expect(await refusalOf(act)).toBe("23514");
    await connection`rollback`;
    connection.release();
  });

  it("a live generation's hold cannot be released by hand and left so", async () => {
    const entries: Movement["entries"] = [
      [account("held"), -10],
      [account("available"), 10],
    ];
    const resolves = await idOfHold(live.id);
    expect(await post({ entries, kind: "release", generationId: live.id, resolves })).toBe("23514");
  });

  it.for([
    ["succeeded", "null"],
    ["failed", "'internal'"],
    ["canceled", "null"],
  ] as const)("a generation cannot become %s without the end of its hold", async ([state, reason]) => {
    const { id } = await reach(db, userId, "storing");
    const way = state === "canceled" ? (await reach(db, userId, "running")).id : id;
    const change = owner.unsafe(
      `update generations set state = '${state}', terminal_at = now(), due_at = null, captured_amount = 0,
              failure_reason = ${reason} where id = '${way}'`,
    );
    expect(await refusalOf(change)).toBe("23514");
    await endGeneration(db, id);
    await endGeneration(db, way);
  });
});

it("nothing of all this is left on hold", async () => {
  await endGeneration(db, live.id);
  expect(await balanceOf(db, userId)).toMatchObject({ held: 0 });
});
