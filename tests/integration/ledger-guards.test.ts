import type postgres from "postgres";
import { describe, expect, it } from "vitest";
import { finishLate } from "@/db/queries/generations";
import { refundGeneration } from "@/db/queries/operations";
import {
  asset,
  ENDED_STATES,
  endGeneration,
  LIVE_STATES,
  reach,
  reserveOne,
} from "@/tests/support/generations";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";
import { refusalOf } from "@/tests/support/refusals";

const { db, owner, openSuperuser } = await openTestLedger();
const userId = await createPerson(db, 10_000);
const settled = await reach(db, userId, "succeeded");
const live = await reach(db, userId, "running");

describe("history is never rewritten, whoever asks", () => {
  const acts: [string, (sql: postgres.Sql) => PromiseLike<unknown>][] = [
    ["update ledger_transactions", (sql) => sql`update ledger_transactions set reason = 'x'`],
    ["delete ledger_transactions", (sql) => sql`delete from ledger_transactions`],
    ["truncate ledger_transactions", (sql) => sql`truncate ledger_transactions cascade`],
    ["update ledger_entries", (sql) => sql`update ledger_entries set amount = amount`],
    ["delete ledger_entries", (sql) => sql`delete from ledger_entries`],
    ["truncate ledger_entries", (sql) => sql`truncate ledger_entries`],
    ["update generation_events", (sql) => sql`update generation_events set cause = 'x'`],
    ["delete generation_events", (sql) => sql`delete from generation_events`],
    ["truncate generation_events", (sql) => sql`truncate generation_events`],
    ["delete generations", (sql) => sql`delete from generations where id = ${settled.id}`],
    ["truncate generations", (sql) => sql`truncate generations cascade`],
  ];

  it.for(acts)("%s", async ([, act]) => {
    expect(await refusalOf(act(owner))).toBe("42501");
    const superuser = openSuperuser();
    expect(await refusalOf(act(superuser))).toBe("42501");
    await superuser.end();
  });
});

describe("[F-71] what was agreed at submit is fixed", () => {
  it.for([
    "id = 'gen_other'",
    "user_id = 'usr_other'",
    "model = 'flux-schnell'",
    "unit = 'picture'",
    "unit_price = 1",
    "output_count = 4",
    "held_amount = 1",
    "available_account_id = held_account_id",
    "held_account_id = available_account_id",
    "prompt = 'x'",
    "seed = 8",
    "created_at = now()",
    "version = version + 1",
  ])("%s", async (change) => {
    expect(await refusalOf(owner.unsafe(`update generations set ${change} where id = '${live.id}'`))).toBe(
      "42501",
    );
  });

  it.for(["captured_amount = 0", "terminal_at = now()", "failure_reason = 'x'", "captured_amount = 11"])(
    "and how it ended: %s",
    async (change) => {
      const refused = await refusalOf(
        owner.unsafe(`update generations set ${change} where id = '${settled.id}'`),
      );
      expect(["42501", "23514"]).toContain(refused);
    },
  );
});

describe("[F-71] what comes once comes once", () => {
  it.for(["refunded_amount = 0", "refunded_amount = 1"])("a refund: %s", async (change) => {
    const { id } = await reach(db, userId, "succeeded");
    await refundGeneration(db, { generationId: id, amount: 5, actor: "operator:ada", reason: "grey" });
    expect(await refusalOf(owner.unsafe(`update generations set ${change} where id = '${id}'`))).toBe(
      "42501",
    );
  });

  it.for(["late_at = null", "late_at = now()"])("late pictures: %s", async (change) => {
    const { id } = await reach(db, userId, "failed");
    await finishLate(db, { generationId: id, assets: [asset()] });
    expect(await refusalOf(owner.unsafe(`update generations set ${change} where id = '${id}'`))).toBe(
      "42501",
    );
  });
});

const allowed = await owner<{ from_state: string; to_state: string }[]>`
  select from_state, to_state from generation_transitions`;

describe("the state machine", () => {
  const isAllowed = (from: string, to: string) =>
    allowed.some((row) => row.from_state === from && row.to_state === to);
  const states = [...LIVE_STATES, ...ENDED_STATES];

  it("has no way out of an end, and one way in to succeeded", () => {
    expect(allowed.filter(({ from_state: from }) => ENDED_STATES.some((state) => state === from))).toEqual(
      [],
    );
    expect(allowed.filter(({ to_state: to }) => to === "succeeded")).toEqual([
      { from_state: "storing", to_state: "succeeded" },
    ]);
    expect(isAllowed("storing", "canceled")).toBe(false);
  });

  it.for(states)("refuses every way out of %s that it does not know", async (from) => {
    const { id } = await reach(db, userId, from);
    const others = states.filter((to) => to !== from && !isAllowed(from, to));
    expect(others.length).toBeGreaterThan(0);
    for (const to of others) {
      const isEnd = ENDED_STATES.some((state) => state === to);
      const ended = isEnd ? "terminal_at = now(), due_at = null, captured_amount = 0" : "due_at = now()";
      const reason = to === "failed" ? "'internal'" : "null";
      const change = `update generations set state = '${to}', ${ended}, failure_reason = ${reason} where id = '${id}'`;
      expect(["23514", "42501"], `${from} -> ${to}`).toContain(await refusalOf(owner.unsafe(change)));
    }
    await endGeneration(db, id);
  });
});

describe("a hold", () => {
  it.for([
    ["its own generation, which is accepted", "accepted"],
    ["another generation, which is refused", "23514"],
    ["a movement that ends nothing but itself, which is refused", "23514"],
  ] as const)("is ended by %s", async ([who, said]) => {
    const { id } = await reach(db, userId, "running");
    const other = await reach(db, userId, "running");
    const held = who.startsWith("another") ? other.id : id;
    const ended = who.startsWith("a movement") ? "'ltx_by_hand'" : "id";
    const connection = await owner.reserve();
    const act = connection.unsafe(`begin;
      insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason)
      select 'ltx_by_hand', 'by_hand', 'release', '${id}', ${ended}, 'x', 'x' from ledger_transactions
       where generation_id = '${held}' and kind = 'reserve';
      insert into ledger_entries (transaction_id, account_id, amount)
      select 'ltx_by_hand', account, amount from generations,
             lateral (values (held_account_id, -held_amount), (available_account_id, held_amount)) e (account, amount)
       where id = '${id}';
      update generations
         set state = 'failed', captured_amount = 0, terminal_at = now(), due_at = null, failure_reason = 'internal'
       where id = '${id}';
      set constraints all immediate`);
    expect(await refusalOf(act)).toBe(said);
    await connection`rollback`;
    connection.release();
    await endGeneration(db, id);
    await endGeneration(db, other.id);
  });
});

describe("the shape of a row", () => {
  it("ties each end to its time, its due look and its amount", async () => {
    const { id } = await reach(db, userId, "running");
    for (const change of [
      "due_at = null",
      "terminal_at = now()",
      "captured_amount = 0",
      "failure_reason = 'x'",
      "deleted_at = now()",
      "state = 'paused'",
    ]) {
      expect(
        await refusalOf(owner.unsafe(`update generations set ${change} where id = '${id}'`)),
        change,
      ).toBe("23514");
    }
    await endGeneration(db, id);
  });

  it("lets one attempt be open, and one prediction belong to one attempt", async () => {
    const id = await reserveOne(db, userId);
    const add = (number: number, state: string, predictionId: string | null) =>
      owner`insert into attempts (generation_id, number, token_hash, state, prediction_id, sent_at)
        values (${id}, ${number}, sha256(${`${id}${number}`}::bytea), ${state}, ${predictionId}, now())`;
    await add(1, "lost", null);
    await add(2, "sent", null);
    expect(await refusalOf(add(3, "unknown", null))).toBe("23505");
    expect(await refusalOf(add(4, "accepted", live.predictionId))).toBe("23505");
    expect(await refusalOf(add(5, "accepted", null))).toBe("23514");
    await endGeneration(db, id);
  });

  it("keeps the house's accounts apart from people's", async () => {
    const add = (fields: string) =>
      owner.unsafe(
        `insert into ledger_accounts (user_id, kind, unit, period, is_materialised) values (${fields})`,
      );
    for (const fields of [
      "'usr_x', 'mint', 'credit', '', false",
      "null, 'available', 'credit', '', true",
      "'usr_x', 'available', 'credit', '', false",
      "'usr_x', 'available', 'credit', '2026-11', true",
      "'usr_x', 'available', 'picture', '', true",
      "null, 'revenue', 'credit', '2026-11', false",
      "null, 'gift', 'credit', '', false",
    ]) {
      expect(await refusalOf(add(fields)), fields).toBe("23514");
    }
    expect(await refusalOf(add("null, 'mint', 'credit', '', false"))).toBe("23505");
  });
});

it("nothing of all this is left on hold", async () => {
  await endGeneration(db, live.id);
  expect(await balanceOf(db, userId)).toMatchObject({ held: 0 });
});
