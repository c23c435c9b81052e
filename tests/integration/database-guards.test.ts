import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { reach } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";

// Every check and every key of the database, one by one: what only this one refuses is refused by this one. The acts are the
// superuser's, with triggers and foreign keys off, so that nothing else stands in between.

const { db, owner, openSuperuser } = await openTestLedger();
const userId = await createPerson(db, 1_000);
const live = await reach(db, userId, "running");
const settled = await reach(db, userId, "succeeded");
const failed = await reach(db, userId, "failed");

const alter = (change: string, id = live.id) => `update generations set ${change} where id = '${id}'`;
const attempt = (change: string, id = live.id) =>
  `update attempts set ${change} where generation_id = '${id}'`;
const account = (values: string) =>
  `insert into ledger_accounts (user_id, kind, unit, period, is_materialised) values (${values})`;
const movement = (id: string, kind: string, generationId: string, resolves = "null", key = id) =>
  `insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason)
   values ('${id}', '${key}', '${kind}', ${generationId}, ${resolves}, 'x', 'x')`;
const asset = (id: string, position: number, key: string) =>
  `insert into assets (id, generation_id, position, storage_key, content_type, size_bytes, content_hash, width_pixels,
     height_pixels, created_at)
   select '${id}', generation_id, ${position}, ${key}, content_type, size_bytes, content_hash, 1, 1, now() from assets
    where generation_id = '${settled.id}'`;
const newAttempt = (number: number, state: string) =>
  `insert into attempts (generation_id, number, token_hash, state, sent_at)
   values ('${live.id}', ${number}, sha256('${number}'), '${state}', now())`;
const audit = (before: string, after: string, reason = "x") =>
  `insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash)
   values ('x', 'x', 'x', '${reason}', '{}', now(), ${before}, ${after})`;
const code = (id: string, hash: string, { amount = 1, reason = "x" } = {}) =>
  `insert into redeem_codes (id, code_hash, amount, uses_max, reason, created_at)
   values ('${id}', '${hash}', ${amount}, 1, '${reason}', now())`;
const redemption = (codeId: string, transactionId: string) =>
  `insert into redemptions (code_id, user_id, transaction_id, created_at)
   values ('${codeId}', '${userId}', '${transactionId}', now())`;
const reference = (id: string, storageKey: string, sizeBytes = 1) =>
  `insert into reference_pictures (id, user_id, storage_key, size_bytes, content_hash, width_pixels, height_pixels,
     created_at, due_at)
   values ('${id}', '${userId}', '${storageKey}', ${sizeBytes}, 'x', 1, 1, now(), now())`;
const appeal = (change = "") =>
  `insert into appeals (subject_id, generation_id, user_id, note, created_at)
   values ('${failed.id}', '${failed.id}', '${userId}', '', now())${change && `; update appeals set ${change}`}`;
const wallet = `user_id = '${userId}' and kind = 'available' and unit = 'credit'`;
const reserveOf = (id: string) =>
  `(select id from ledger_transactions where generation_id = '${id}' and kind = 'reserve')`;
const twice = (statement: string): string[] => [statement, statement];

/** By the constraint's name: statements of which the last breaks it, and it alone. */
const ACTS: Record<string, string[]> = {
  service_pauses_name_check: ["insert into service_pauses values ('lunch', 'x', 'x', now())"],
  spend_limits_check: [
    "insert into spend_limits (period, limit_microusd, sentence, actor, created_at, count_due_at) values ('week', 1, 'x', 'x', now(), now())",
  ],
  assets_storage_key_key: [asset("img_x", 1, "storage_key")],
  assets_generation_id_position_key: [asset("img_x", 0, "'other'")],
  assets_position_check: ["update assets set position = 4"],
  assets_size_check: ["update assets set size_bytes = 0"],
  assets_audience_check: ["update assets set audience = 'everybody'"],
  assets_review_state_check: ["update assets set audience = 'public'"],
  assets_review_reason_check: ["update assets set review_reason = 'x'"],
  appeals_note_check: [appeal("note = repeat('x', 501)")],
  appeals_state_check: [
    appeal("state = 'lost', reason = 'x', decided_by = 'operator:x', decided_at = now()"),
  ],
  appeals_decided_check: [appeal("state = 'kept', decided_at = now()")],
  assets_purged_check: ["update assets set purged_at = now()"],
  assets_share_id_key: [asset("img_x", 1, "'other'"), "update assets set share_id = 'same'"],
  audit_entries_hash_key: [audit("'before-a'", "'same'"), audit("'before-b'", "'same'")],
  audit_entries_previous_hash_key: [audit("'same'", "'a'"), audit("'same'", "'b'")],
  audit_entries_reason_check: [audit("'before'", "'after'", "")],
  attempts_pkey: [newAttempt(1, "lost")],
  attempts_token_hash_key: [
    attempt(`token_hash = (select token_hash from attempts where generation_id = '${settled.id}')`),
  ],
  attempts_prediction_id_key: [attempt(`prediction_id = '${settled.predictionId}'`)],
  attempts_state_check: [attempt("state = 'paused'")],
  attempts_prediction_check: [attempt("prediction_id = null")],
  attempts_one_open_key: [newAttempt(2, "sent"), newAttempt(3, "unknown")],
  auth_accounts_provider_id_account_id_key: ["a", "b"].map(
    (id) =>
      `insert into auth_accounts (id, account_id, provider_id, user_id) values ('${id}', 'same', 'same', '${userId}')`,
  ),
  auth_rate_limits_key_key: ["a", "b"].map(
    (id) => `insert into auth_rate_limits (id, key, count, last_request) values ('${id}', 'same', 1, 1)`,
  ),
  drafts_content_check: [`insert into drafts values ('${userId}', '[]', now())`],
  generation_events_pkey: twice(
    `insert into generation_events (generation_id, version, to_state, cause) values ('${live.id}', 99, 'running', 'x')`,
  ),
  generation_transitions_pkey: twice("insert into generation_transitions values ('a', 'b')"),
  generations_state_check: [alter("state = 'paused'")],
  generations_terminal_check: [alter("terminal_at = now(), due_at = null, captured_amount = 0")],
  generations_due_check: [alter("due_at = null")],
  generations_captured_check: [alter("captured_amount = 0")],
  generations_failure_check: [alter("failure_reason = 'x'")],
  generations_unit_check: [alter("unit = 'gold'")],
  generations_output_count_check: [alter("output_count = 5, held_amount = 5 * unit_price")],
  generations_unit_price_check: [alter("unit_price = 0, held_amount = 0")],
  generations_held_amount_check: [alter("held_amount = held_amount + 1")],
  generations_captured_amount_check: [alter("captured_amount = 1", settled.id)],
  generations_audience_check: [alter("audience = 'everybody'")],
  generations_prompt_change_check: [alter("prompt_change = 'lost'")],
  generations_late_check: [alter("late_at = now()")],
  generations_refunded_amount_check: [alter("refunded_amount = 1")],
  generations_deleted_check: [alter("deleted_at = now()")],
  idempotency_keys_pkey: ["gen_a", "gen_b"].map(
    (id) =>
      `insert into idempotency_keys (user_id, key, request_hash, generation_id, created_at)
       values ('${userId}', 'the-same-key', 'x', '${id}', now())`,
  ),
  idempotency_keys_key_check: ["update idempotency_keys set key = 'short'"],
  ledger_accounts_user_id_kind_unit_period_key: [account("null, 'mint', 'credit', '', false")],
  ledger_accounts_kind_check: [account("null, 'gift', 'credit', '', false")],
  ledger_accounts_unit_check: [
    // It refuses the same today; a third unit would be added to one of the two first.
    "alter table ledger_accounts drop constraint ledger_accounts_period_check",
    account("null, 'mint', 'gold', '', false"),
  ],
  ledger_accounts_owner_check: [account("'usr_x', 'mint', 'credit', '', false")],
  ledger_accounts_materialised_check: [account("'usr_x', 'available', 'credit', '', false")],
  ledger_accounts_period_check: [account("'usr_x', 'available', 'credit', '2026-11', true")],
  ledger_accounts_closed_check: [
    `update ledger_accounts set closed_at = now() where user_id = '${userId}' and kind = 'held'`,
  ],
  ledger_accounts_no_overdraft_check: [`update ledger_accounts set balance = -1 where ${wallet}`],
  ledger_checks_name_check: ["insert into ledger_checks (name, due_at) values ('other', now())"],
  ledger_checks_violation_count_check: [
    "insert into ledger_checks (name, due_at, violation_count) values ('drift', now(), -1)",
  ],
  ledger_entries_transaction_id_account_id_key: [
    "insert into ledger_entries (transaction_id, account_id, amount) select transaction_id, account_id, 1 from ledger_entries limit 1",
  ],
  ledger_entries_amount_check: ["update ledger_entries set amount = 0"],
  ledger_entries_balance_after_check: ["update ledger_entries set balance_after = -1"],
  ledger_transactions_idempotency_key_key: [
    movement("ltx_a", "adjust", "null", "null", "same"),
    movement("ltx_b", "adjust", "null", "null", "same"),
  ],
  ledger_transactions_resolves_key: [movement("ltx_a", "release", `'${failed.id}'`, reserveOf(failed.id))],
  ledger_transactions_kind_check: [movement("ltx_a", "gift", "null")],
  ledger_transactions_resolves_check: [movement("ltx_a", "capture", `'${live.id}'`)],
  ledger_transactions_generation_check: [movement("ltx_a", "grant", `'${live.id}'`)],
  ledger_transactions_one_reserve_key: [movement("ltx_a", "reserve", `'${live.id}'`)],
  ledger_transactions_one_refund_key: [
    movement("ltx_a", "refund", `'${settled.id}'`),
    movement("ltx_b", "refund", `'${settled.id}'`),
  ],
  outbox_dedup_key_key: twice(
    "insert into outbox (topic, dedup_key, payload, due_at, created_at) values ('x', 'x', '{}', now(), now())",
  ),
  redeem_codes_code_hash_key: [code("a", "same"), code("b", "same")],
  redeem_codes_amount_check: [code("a", "a", { amount: 0 })],
  redeem_codes_reason_check: [code("a", "a", { reason: "" })],
  redemptions_pkey: [redemption("a", "ltx_a"), redemption("a", "ltx_b")],
  redemptions_transaction_id_key: [redemption("a", "ltx_a"), redemption("b", "ltx_a")],
  reference_pictures_storage_key_key: [reference("ref_a", "same"), reference("ref_b", "same")],
  reference_pictures_size_check: [reference("ref_a", "a", 0)],
  sessions_token_key: ["a", "b"].map(
    (id) =>
      `insert into sessions (id, token, user_id, expires_at) values ('${id}', 'same', '${userId}', now())`,
  ),
  users_email_key: ["a", "b"].map(
    (id) => `insert into users (id, name, email) values ('${id}', 'Ada', 'same@example.com')`,
  ),
  webhook_deliveries_pkey: twice(
    "insert into webhook_deliveries (provider, webhook_id, body_hash, prediction) values ('x', 'x', 'x', '{}')",
  ),
};

/** The name of the constraint that refused the last of the statements; "accepted" when none did. */
async function refusedBy(statements: readonly string[]): Promise<string> {
  const sql = openSuperuser();
  try {
    await sql`begin`;
    await sql`set local session_replication_role = replica`;
    for (const statement of statements) {
      await sql.unsafe(statement);
    }
    return "accepted";
  } catch (error) {
    return error instanceof postgres.PostgresError ? (error.constraint_name ?? error.message) : String(error);
  } finally {
    await sql`rollback`;
    await sql.end();
  }
}

describe("a row that breaks it is refused by", () => {
  it.for(Object.entries(ACTS))("%s", async ([name, statements]) => {
    expect(await refusedBy(statements)).toBe(name);
  });

  it("and there is no check or key besides, but of identifiers that are made at random", async () => {
    const rows = await owner<{ name: string }[]>`
      select conname as name from pg_constraint
       where connamespace = 'public'::regnamespace
         and (contype in ('c', 'u') or (contype = 'p' and array_length(conkey, 1) > 1))
      union
      select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
       where c.relnamespace = 'public'::regnamespace and i.indisunique
         and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`;
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(ACTS).toSorted());
  });
});
