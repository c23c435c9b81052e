-- This calendar month's (UTC) bucket of free pictures, opened and filled on first use. Returns its available account.
-- The caller holds the wallet's lock, so nobody else opens it at the same time.
create or replace function open_bucket(p_user_id text, p_monthly_limit integer) returns bigint
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_period text := to_char(app_now() at time zone 'utc', 'YYYY-MM');
  v_account_id bigint;
begin
  select id into v_account_id from ledger_accounts
   where user_id = p_user_id and kind = 'available' and unit = 'picture' and period = v_period;
  if found then
    return v_account_id;
  end if;
  insert into ledger_accounts (user_id, kind, unit, period, is_materialised, created_at)
  values (p_user_id, 'available', 'picture', v_period, true, app_now())
  returning id into v_account_id;
  insert into ledger_accounts (user_id, kind, unit, period, is_materialised, created_at)
  values (p_user_id, 'held', 'picture', v_period, true, app_now());
  perform grant_to_account(
    v_account_id, 'picture', p_monthly_limit, 'quota:' || p_user_id || ':' || v_period, 'system', 'monthly_free'
  );
  return v_account_id;
end $$;
