-- A person has left: nothing can be held again, and what is left expires. The caller holds the wallet's lock, and nothing of
-- theirs is live.
create or replace function close_wallet(p_user_id text) returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_account ledger_accounts;
begin
  update ledger_accounts set closed_at = app_now()
   where user_id = p_user_id and kind = 'available' and unit = 'credit';
  for v_account in
    select * from ledger_accounts where user_id = p_user_id and kind = 'available' and balance > 0 order by id for update
  loop
    perform post_movement(
      'close:' || v_account.id, 'expire', null, 'system', 'account_closed', jsonb_build_array(
        jsonb_build_object('account', v_account.id, 'amount', -v_account.balance),
        jsonb_build_object('account', house_account('expired', v_account.unit), 'amount', v_account.balance)));
  end loop;
end $$;
