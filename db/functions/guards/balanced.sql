-- At commit each movement has two or more entries of one unit that sum to zero. A deferred trigger runs outside the
-- function that inserted the row, so its search path is pinned here too.
create or replace function assert_balanced() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_sum numeric;
  v_units integer;
begin
  select coalesce(sum(e.amount), 0), count(distinct a.unit) into v_sum, v_units
    from ledger_entries e join ledger_accounts a on a.id = e.account_id where e.transaction_id = new.id;
  -- So there are two or more: an entry is never of nothing, and without any there is no unit.
  if v_sum <> 0 or v_units <> 1 then
    raise exception 'ledger transaction % is not balanced: sum %, % units', new.id, v_sum, v_units
      using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists ledger_transactions_balanced on ledger_transactions;
create constraint trigger ledger_transactions_balanced after insert on ledger_transactions
  deferrable initially deferred for each row execute function assert_balanced();
