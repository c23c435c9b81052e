-- A person's available credits, locked: the mutex of all that moves this person's credits. Null id: no such wallet.
create or replace function lock_wallet(p_user_id text) returns ledger_accounts
language sql
set search_path = public, pg_temp
as $$
  select * from ledger_accounts
   where user_id = p_user_id and kind = 'available' and unit = 'credit' for update
$$;
