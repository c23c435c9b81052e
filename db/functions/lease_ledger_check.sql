-- Whether it is this caller's turn to check the books: one of all instances gets each turn.
-- Outcomes: leased | waiting
create or replace function lease_ledger_check(p_name text, p_interval_seconds integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update ledger_checks set due_at = app_now() + make_interval(secs => p_interval_seconds)
   where name = p_name and due_at <= app_now();
  return jsonb_build_object('outcome', case when found then 'leased' else 'waiting' end);
end $$;
