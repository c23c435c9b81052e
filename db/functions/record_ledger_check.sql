-- What a check of the books found.
create or replace function record_ledger_check(p_name text, p_count integer, p_sample jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update ledger_checks set checked_at = app_now(), violation_count = p_count, sample = p_sample where name = p_name;
  return jsonb_build_object('outcome', 'recorded');
end $$;
