-- One movement with its entries, once per key; entries of zero are left out. Returns its id, null when the key is known.
-- The accounts are locked before the first entry draws its id, so that within one account ids stand in the order of the balances
-- they left; by id, which has a wallet before its months and what is available before what is held, as submits and settlements
-- lock them. The house's balances are not kept, and nobody waits for them.
-- p_entries: [{account, amount}]
create or replace function post_movement(
  p_key text, p_kind text, p_generation_id text, p_actor text, p_reason text, p_entries jsonb
) returns text
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_id text := 'ltx_' || replace(gen_random_uuid()::text, '-', '');
begin
  perform 1 from ledger_accounts
    where is_materialised and id in (select (e ->> 'account')::bigint from jsonb_array_elements(p_entries) e)
    order by id for update;
  insert into ledger_transactions (id, idempotency_key, kind, generation_id, actor, reason, created_at)
  values (v_id, p_key, p_kind, p_generation_id, p_actor, p_reason, app_now())
  on conflict (idempotency_key) do nothing;
  if not found then
    return null;
  end if;
  insert into ledger_entries (transaction_id, account_id, amount)
  select v_id, (e ->> 'account')::bigint, (e ->> 'amount')::bigint
    from jsonb_array_elements(p_entries) e where (e ->> 'amount')::bigint <> 0;
  return v_id;
end $$;
