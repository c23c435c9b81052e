-- The end of a hold: exactly one capture or release, in the statement that makes the generation terminal.
-- Captures p_captured_outputs pictures' worth and gives the rest of the hold back. The caller holds the row lock.
create or replace function settle_generation(
  p_generation_id text, p_to text, p_captured_outputs integer, p_cause text, p_reason text, p_detail text default null
) returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_reserve_id text;
  v_transaction_id text := 'ltx_' || replace(gen_random_uuid()::text, '-', '');
  v_captured bigint;
  v_version integer;
begin
  select * into v_generation from generations where id = p_generation_id;
  v_captured := v_generation.unit_price * p_captured_outputs;
  select id into strict v_reserve_id
    from ledger_transactions where generation_id = p_generation_id and kind = 'reserve';

  -- The same order as reserve_generation (available, then held), so that the two cannot deadlock; and before an entry draws its
  -- id, as in post_movement: whoever changes the held one holds the available one.
  perform 1 from ledger_accounts where id = v_generation.available_account_id for update;

  insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason, created_at)
  values (
    v_transaction_id, 'settle:' || p_generation_id, case when v_captured > 0 then 'capture' else 'release' end,
    p_generation_id, v_reserve_id, p_cause, p_reason, app_now()
  );
  insert into ledger_entries (transaction_id, account_id, amount)
  values (v_transaction_id, v_generation.held_account_id, -v_generation.held_amount);
  if v_captured > 0 then
    insert into ledger_entries (transaction_id, account_id, amount)
    values (v_transaction_id, house_account('revenue', v_generation.unit), v_captured);
  end if;
  if v_captured < v_generation.held_amount then
    insert into ledger_entries (transaction_id, account_id, amount)
    values (v_transaction_id, v_generation.available_account_id, v_generation.held_amount - v_captured);
  end if;

  update generations
     set state = p_to, captured_amount = v_captured, terminal_at = app_now(), due_at = null, tries = 0,
         failure_reason = case when p_to = 'failed' then p_reason end, failure_detail = p_detail, outputs = null
   where id = p_generation_id
  returning version into v_version;
  insert into generation_events (generation_id, version, from_state, to_state, cause, created_at)
  values (p_generation_id, v_version, v_generation.state, p_to, p_cause, app_now());
end $$;
