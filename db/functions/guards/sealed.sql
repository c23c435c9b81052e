-- No entry may be added to a movement of an earlier transaction.
create or replace function assert_unsealed() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if (select xmin from ledger_transactions where id = new.transaction_id)::text <> pg_current_xact_id()::xid::text then
    raise exception 'ledger transaction % is sealed', new.transaction_id using errcode = '42501';
  end if;
  return new;
end $$;
create or replace trigger ledger_entries_sealed before insert on ledger_entries
  for each row execute function assert_unsealed();
