-- A cached balance changes only here, with its entry. The overdraft check on ledger_accounts refuses a negative one.
create or replace function apply_entry() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update ledger_accounts set balance = balance + new.amount
   where id = new.account_id and is_materialised returning balance into new.balance_after;
  return new;
end $$;
create or replace trigger ledger_entries_apply before insert on ledger_entries
  for each row execute function apply_entry();
