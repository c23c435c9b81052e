-- What moves for a generation moves on its own two accounts, which are its person's, and on the house's: a refund to anybody
-- else is refused.
create or replace function assert_own_account() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation_id text;
begin
  select g.id into v_generation_id
    from ledger_transactions t
    join generations g on g.id = t.generation_id
    join ledger_accounts a on a.id = new.account_id
   where t.id = new.transaction_id and a.user_id is not null
     and (a.user_id <> g.user_id or a.id not in (g.available_account_id, g.held_account_id));
  if found then
    raise exception 'ledger account % is none of generation %', new.account_id, v_generation_id using errcode = '23514';
  end if;
  return new;
end $$;
create or replace trigger ledger_entries_own before insert on ledger_entries
  for each row execute function assert_own_account();
