-- History is never rewritten: no update, delete or truncate, whoever asks.
create or replace function forbid_change() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = '42501';
end $$;

create or replace trigger ledger_transactions_append_only before update or delete on ledger_transactions
  for each row execute function forbid_change();
create or replace trigger ledger_transactions_no_truncate before truncate on ledger_transactions
  for each statement execute function forbid_change();
create or replace trigger ledger_entries_append_only before update or delete on ledger_entries
  for each row execute function forbid_change();
create or replace trigger ledger_entries_no_truncate before truncate on ledger_entries
  for each statement execute function forbid_change();
create or replace trigger generation_events_append_only before update or delete on generation_events
  for each row execute function forbid_change();
create or replace trigger generation_events_no_truncate before truncate on generation_events
  for each statement execute function forbid_change();
create or replace trigger audit_entries_append_only before update or delete on audit_entries
  for each row execute function forbid_change();
create or replace trigger audit_entries_no_truncate before truncate on audit_entries
  for each statement execute function forbid_change();
create or replace trigger redeem_codes_append_only before update or delete on redeem_codes
  for each row execute function forbid_change();
create or replace trigger redeem_codes_no_truncate before truncate on redeem_codes
  for each statement execute function forbid_change();
create or replace trigger redemptions_append_only before update or delete on redemptions
  for each row execute function forbid_change();
create or replace trigger redemptions_no_truncate before truncate on redemptions
  for each statement execute function forbid_change();
