import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inProject } from "@/scripts/launch/paths.mjs";
import { endGeneration, reach } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";
import { refusalOf } from "@/tests/support/refusals";

// Each guard of the catalogue is named here with an act that it refuses; the owner acts, for whom rights are no
// hindrance. A guard that nobody tries to break fails the last test.

const { db, owner } = await openTestLedger();
const userId = await createPerson(db, 10_000);
const live = await reach(db, userId, "running", { request: { outputCount: 2 } });
const done = await reach(db, userId, "succeeded");
const failed = await reach(db, userId, "failed");
const mine = (kind: string) => `user_id = '${userId}' and kind = '${kind}' and unit = 'credit'`;
await owner`insert into redeem_codes (id, code_hash, amount, uses_max, reason, created_at)
  values ('cod_1', sha256('1'), 5, 1, 'x', now())`;
await owner`insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash)
  values ('operator:x', 'grant', 'x', 'x', '{}', now(), '', '')`;

const generation = (change: string, id = live.id) => `update generations set ${change} where id = '${id}'`;
const entry = (transaction: string, account: string, amount: string) =>
  `insert into ledger_entries (transaction_id, account_id, amount) values (${transaction}, ${account}, ${amount})`;
const transaction = (fields: string) =>
  `insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason) values (${fields})`;
const account = (fields: string) =>
  `insert into ledger_accounts (user_id, kind, unit, period, is_materialised) values (${fields})`;
const attempt = (number: number, state: string, prediction = "null", hash = `sha256('${Math.random()}')`) =>
  `insert into attempts (generation_id, number, token_hash, state, prediction_id, sent_at)
   values ('${done.id}', ${number}, ${hash}, '${state}', ${prediction}, now())`;
const asset = (change: string) => `update assets set ${change} where generation_id = '${done.id}'`;
const appeal = (change: string) =>
  `insert into appeals (subject_id, generation_id, user_id, note, created_at)
   values ('${failed.id}', '${failed.id}', '${userId}', '', now()); update appeals set ${change}`;
const code = (fields: string) =>
  `insert into redeem_codes (id, code_hash, amount, uses_max, reason, created_at) values (${fields}, now())`;

/** For what the triggers would refuse first. */
const OFF = "alter table ledger_entries disable trigger user";

/** By the guard's name in the catalogue. Foreign and primary keys are tried by their tables' own tests. */
const ACTS: Record<string, [act: string, refusal: string]> = {
  service_pauses_name_check: ["insert into service_pauses values ('lunch', 'x', 'x', now())", "23514"],
  drafts_content_check: [
    `insert into drafts values ('${userId}', jsonb_build_object('text', repeat('x', 65536)), now())`,
    "23514",
  ],
  spend_limits_check: [
    "insert into spend_limits (period, limit_microusd, sentence, actor, created_at, count_due_at) values ('week', 1, 'x', 'x', now(), now())",
    "23514",
  ],
  generations_state_check: [generation("state = 'paused'"), "23514"],
  generations_terminal_check: [generation("terminal_at = now()"), "23514"],
  generations_due_check: [generation("due_at = null"), "23514"],
  generations_captured_check: [generation("captured_amount = 0"), "23514"],
  generations_failure_check: [generation("failure_reason = 'x'"), "23514"],
  generations_unit_check: [
    'insert into generations select (g).* from (select jsonb_populate_record(g, \'{"id":"gen_x","unit":"gold"}\') as g from generations g limit 1) x',
    "23514",
  ],
  generations_output_count_check: [
    'insert into generations select (g).* from (select jsonb_populate_record(g, \'{"id":"gen_x","output_count":5,"held_amount":50}\') as g from generations g limit 1) x',
    "23514",
  ],
  generations_unit_price_check: [
    'insert into generations select (g).* from (select jsonb_populate_record(g, \'{"id":"gen_x","unit_price":0,"held_amount":0}\') as g from generations g where terminal_at is null limit 1) x',
    "23514",
  ],
  generations_held_amount_check: [
    'insert into generations select (g).* from (select jsonb_populate_record(g, \'{"id":"gen_x","held_amount":1}\') as g from generations g limit 1) x',
    "23514",
  ],
  generations_captured_amount_check: [
    'insert into generations select (g).* from (select jsonb_populate_record(g, \'{"id":"gen_x","captured_amount":3}\') as g from generations g where state = \'succeeded\' limit 1) x',
    "23514",
  ],
  generations_refunded_amount_check: [generation("refunded_amount = 11", done.id), "23514"],
  generations_late_check: [generation("late_at = now()", done.id), "23514"],
  generations_audience_check: [generation("audience = 'friends'"), "23514"],
  generations_prompt_change_check: [generation("prompt_change = 'guessed'"), "23514"],
  generations_deleted_check: [generation("deleted_at = now()"), "23514"],
  generations_guard: [generation("prompt = 'x'"), "42501"],
  generations_no_delete: [`delete from generations where id = '${done.id}'`, "42501"],
  generations_no_truncate: ["truncate generations cascade", "42501"],
  generations_settled: [
    generation(
      "state = 'failed', terminal_at = now(), due_at = null, captured_amount = 0, failure_reason = 'x'",
    ),
    "23514",
  ],
  ledger_accounts_kind_check: [account("null, 'gift', 'credit', '', false"), "23514"],
  ledger_accounts_unit_check: [account("null, 'mint', 'gold', '', false"), "23514"],
  ledger_accounts_owner_check: [account("'usr_x', 'mint', 'credit', '', false"), "23514"],
  ledger_accounts_materialised_check: [account("'usr_x', 'held', 'credit', '', false"), "23514"],
  ledger_accounts_period_check: [account("'usr_x', 'held', 'credit', '2026-11', true"), "23514"],
  ledger_accounts_no_overdraft_check: [
    `update ledger_accounts set balance = -1 where ${mine("available")}`,
    "23514",
  ],
  ledger_accounts_closed_check: [
    `update ledger_accounts set closed_at = now() where ${mine("held")}`,
    "23514",
  ],
  ledger_accounts_user_id_kind_unit_period_key: [account(`'${userId}', 'held', 'credit', '', true`), "23505"],
  ledger_entries_amount_check: [
    `${OFF}; ${entry("(select max(id) from ledger_transactions)", "1", "0")}`,
    "23514",
  ],
  ledger_entries_balance_after_check: [
    `${OFF}; insert into ledger_entries (transaction_id, account_id, amount, balance_after)
       select max(t.id), max(a.id), 1, -1 from ledger_transactions t, ledger_accounts a`,
    "23514",
  ],
  ledger_entries_transaction_id_account_id_key: [
    `${OFF}; insert into ledger_entries (transaction_id, account_id, amount)
       select transaction_id, account_id, amount from ledger_entries limit 1`,
    "23505",
  ],
  ledger_entries_own: [
    `${account("'usr_other', 'available', 'credit', '', true")};
     ${transaction(`'x', 'x', 'refund', '${done.id}', null, 'x', 'x'`)};
     ${entry("'x'", "(select id from ledger_accounts where kind = 'mint' and unit = 'credit')", "-5")};
     ${entry("'x'", "(select id from ledger_accounts where user_id = 'usr_other')", "5")}`,
    "23514",
  ],
  ledger_entries_sealed: [entry("(select max(id) from ledger_transactions)", "1", "5"), "42501"],
  ledger_entries_append_only: ["delete from ledger_entries", "42501"],
  ledger_entries_no_truncate: ["truncate ledger_entries", "42501"],
  ledger_transactions_append_only: ["delete from ledger_transactions", "42501"],
  ledger_transactions_no_truncate: ["truncate ledger_transactions cascade", "42501"],
  ledger_transactions_balanced: [transaction("'x', 'x', 'adjust', null, null, 'x', 'x'"), "23514"],
  ledger_transactions_settled: [
    transaction(
      `'x', 'x', 'release', '${live.id}', (select id from ledger_transactions where generation_id = '${live.id}'), 'x', 'x'`,
    ),
    "23514",
  ],
  ledger_transactions_idempotency_key_key: [
    transaction(`'x', 'signup:${userId}', 'adjust', null, null, 'x', 'x'`),
    "23505",
  ],
  ledger_transactions_resolves_key: [
    transaction(
      `'x', 'x', 'release', '${done.id}', (select id from ledger_transactions where generation_id = '${done.id}' and kind = 'reserve'), 'x', 'x'`,
    ),
    "23505",
  ],
  ledger_transactions_kind_check: [transaction("'x', 'x', 'gift', null, null, 'x', 'x'"), "23514"],
  ledger_transactions_resolves_check: [
    transaction(`'x', 'x', 'release', '${live.id}', null, 'x', 'x'`),
    "23514",
  ],
  ledger_transactions_generation_check: [transaction("'x', 'x', 'refund', null, null, 'x', 'x'"), "23514"],
  ledger_transactions_one_reserve_key: [
    transaction(`'x', 'x', 'reserve', '${live.id}', null, 'x', 'x'`),
    "23505",
  ],
  ledger_transactions_one_refund_key: [
    `${transaction(`'x1', 'x1', 'refund', '${done.id}', null, 'x', 'x'`)}; ${transaction(`'x2', 'x2', 'refund', '${done.id}', null, 'x', 'x'`)}`,
    "23505",
  ],
  attempts_token_hash_key: [
    attempt(7, "lost", "null", `(select token_hash from attempts where generation_id = '${live.id}')`),
    "23505",
  ],
  attempts_prediction_id_key: [attempt(7, "accepted", `'${live.predictionId}'`), "23505"],
  attempts_one_open_key: [`${attempt(7, "sent")}; ${attempt(8, "unknown")}`, "23505"],
  attempts_state_check: [attempt(7, "asleep"), "23514"],
  attempts_prediction_check: [attempt(7, "accepted"), "23514"],
  idempotency_keys_key_check: [
    `insert into idempotency_keys values ('x', 'short', '', '${done.id}', now())`,
    "23514",
  ],
  assets_storage_key_key: [
    'insert into assets select (a).* from (select jsonb_populate_record(a, \'{"id":"img_x","position":2,"share_id":"x"}\') as a from assets a limit 1) x',
    "23505",
  ],
  assets_generation_id_position_key: [
    'insert into assets select (a).* from (select jsonb_populate_record(a, \'{"id":"img_x","storage_key":"x","share_id":"x"}\') as a from assets a limit 1) x',
    "23505",
  ],
  assets_share_id_key: [
    'insert into assets select (a).* from (select jsonb_populate_record(a, \'{"id":"img_x","position":2,"storage_key":"x"}\') as a from assets a limit 1) x',
    "23505",
  ],
  assets_position_check: [asset("position = 4"), "23514"],
  assets_size_check: [asset("size_bytes = 0"), "23514"],
  assets_audience_check: [asset("audience = 'friends'"), "23514"],
  assets_review_state_check: [asset("review_state = 'pending'"), "23514"],
  assets_purged_check: [asset("purged_at = now()"), "23514"],
  outbox_dedup_key_key: [
    "insert into outbox (topic, dedup_key, payload, due_at, created_at) values ('x', 'x', '{}', now(), now()), ('x', 'x', '{}', now(), now())",
    "23505",
  ],
  generation_events_append_only: ["delete from generation_events", "42501"],
  generation_events_no_truncate: ["truncate generation_events", "42501"],
  redeem_codes_code_hash_key: [code("'cod_2', sha256('1'), 5, 1, 'x'"), "23505"],
  redeem_codes_amount_check: [code("'cod_2', sha256('2'), 0, 1, 'x'"), "23514"],
  redeem_codes_reason_check: [code("'cod_2', sha256('2'), 5, 1, ''"), "23514"],
  redeem_codes_append_only: ["update redeem_codes set uses_max = 9", "42501"],
  redeem_codes_no_truncate: ["truncate redeem_codes cascade", "42501"],
  redemptions_transaction_id_key: [
    `insert into redemptions select 'cod_1', n, (select max(id) from ledger_transactions), now() from unnest(array['a', 'b']) n`,
    "23505",
  ],
  redemptions_append_only: [
    "insert into redemptions select 'cod_1', 'a', max(id), now() from ledger_transactions; delete from redemptions",
    "42501",
  ],
  redemptions_no_truncate: ["truncate redemptions", "42501"],
  reference_pictures_storage_key_key: [
    `insert into reference_pictures select n, 'x', 'same', 1, '', 1, 1, now(), now() from unnest(array['a', 'b']) n`,
    "23505",
  ],
  reference_pictures_size_check: [
    "insert into reference_pictures values ('a', 'x', 'a', 0, '', 1, 1, now(), now())",
    "23514",
  ],
  appeals_note_check: [appeal("note = repeat('x', 501)"), "23514"],
  appeals_state_check: [
    appeal("state = 'lost', reason = 'x', decided_by = 'operator:x', decided_at = now()"),
    "23514",
  ],
  appeals_decided_check: [appeal("reason = 'x'"), "23514"],
  audit_entries_hash_key: [
    "alter table audit_entries disable trigger user; insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash) select 'x', 'x', 'x', 'x', '{}', now(), 'other', hash from audit_entries",
    "23505",
  ],
  audit_entries_previous_hash_key: [
    "alter table audit_entries disable trigger user; insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash) select 'x', 'x', 'x', 'x', '{}', now(), previous_hash, 'other' from audit_entries",
    "23505",
  ],
  audit_entries_reason_check: [
    "insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash) values ('x', 'x', 'x', '', '{}', now(), '', '')",
    "23514",
  ],
  audit_entries_append_only: ["update audit_entries set reason = 'another'", "42501"],
  audit_entries_no_truncate: ["truncate audit_entries", "42501"],
  ledger_checks_name_check: ["insert into ledger_checks (name, due_at) values ('other', now())", "23514"],
  ledger_checks_violation_count_check: ["update ledger_checks set violation_count = -1", "23514"],
};

/** Every CHECK, UNIQUE and trigger of ours; Better Auth's own tables are its own. */
const guards = (
  await owner<{ name: string }[]>`
    select conname as name from pg_constraint c join pg_class t on t.oid = c.conrelid
     where t.relnamespace = 'public'::regnamespace and contype in ('c', 'u')
       and relname not in ('users', 'sessions', 'auth_accounts', 'verifications', 'auth_rate_limits')
    union
    select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     where t.relnamespace = 'public'::regnamespace and indisunique and not indisprimary
       and t.relname not in ('users', 'sessions', 'auth_accounts', 'verifications', 'auth_rate_limits')
    union
    select tgname from pg_trigger g join pg_class t on t.oid = g.tgrelid
     where t.relnamespace = 'public'::regnamespace and not tgisinternal`
).map(({ name }) => name);

/** The act in a transaction that is never kept; guards that wait for the commit are asked before. */
async function refusal(act: string): Promise<unknown> {
  const connection = await owner.reserve();
  try {
    return await refusalOf(connection.unsafe(`begin; ${act}; set constraints all immediate`));
  } finally {
    await connection`rollback`;
    connection.release();
  }
}

describe("each guard of the database", () => {
  it.for(Object.entries(ACTS))("%s", async ([, [act, expected]]) => {
    expect(await refusal(act)).toBe(expected);
  });

  it("that writes instead of refusing has the last word: ledger_entries_apply, audit_entries_chain", async () => {
    const [wallet] = await owner<{ id: string; balance: number }[]>`
      select id::text as id, balance::int as balance from ledger_accounts
       where user_id = ${userId} and kind = 'available' and unit = 'credit'`;
    const connection = await owner.reserve();
    await connection.unsafe(
      `begin; ${transaction("'ltx_apply', 'ltx_apply', 'adjust', null, null, 'x', 'x'")}`,
    );
    const [line] = await connection`
      insert into ledger_entries (transaction_id, account_id, amount, balance_after)
      values ('ltx_apply', ${wallet?.id ?? ""}, 5, 999999) returning balance_after::int as after`;
    const [audit] = await connection`
      insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash)
      values ('x', 'x', 'x', 'x', '{}', now(), 'forged', 'forged') returning hash = 'forged' as forged`;
    await connection`rollback`;
    connection.release();
    expect(line).toEqual({ after: (wallet?.balance ?? 0) + 5 });
    expect(audit).toEqual({ forged: false });
  });

  it("is tried here, or has a test of its own that names it", () => {
    const folder = inProject("tests", "integration");
    const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
    expect(guards.length).toBeGreaterThan(60);
    expect(guards.filter((name) => !texts.some((text) => text.includes(name)))).toEqual([]);
    expect(Object.keys(ACTS).filter((name) => !guards.includes(name))).toEqual([]);
  });

  it("leaves nothing on hold", async () => {
    await endGeneration(db, live.id);
    expect(await refusal(`select 1 from generations where id = '${failed.id}'`)).toBe("accepted");
  });
});
