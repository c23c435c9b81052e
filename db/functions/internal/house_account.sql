-- The house's account of a kind and unit.
create or replace function house_account(p_kind text, p_unit text) returns bigint
language sql stable
set search_path = public, pg_temp
as $$
  select id from ledger_accounts where user_id is null and kind = p_kind and unit = p_unit
$$;
