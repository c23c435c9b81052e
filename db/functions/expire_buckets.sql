-- What is left in free buckets of months that are over goes to `expired`. A picture that is given back later returns to
-- the bucket it came from, and leaves it here the next time: so the key names the last entry it swept.
create or replace function expire_buckets(p_limit integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_account ledger_accounts;
  v_count integer := 0;
begin
  for v_account in
    select * from ledger_accounts
     where unit = 'picture' and kind = 'available' and balance > 0
       and period < to_char(app_now() at time zone 'utc', 'YYYY-MM')
     order by id limit p_limit for update skip locked
  loop
    perform post_movement(
      'expire:' || v_account.id || ':' || (select max(id) from ledger_entries where account_id = v_account.id),
      'expire', null, 'system', 'month_ended', jsonb_build_array(
        jsonb_build_object('account', v_account.id, 'amount', -v_account.balance),
        jsonb_build_object('account', house_account('expired', 'picture'), 'amount', v_account.balance)));
    v_count := v_count + 1;
  end loop;
  return jsonb_build_object('outcome', 'expired', 'count', v_count);
end $$;
