-- What a look at a part of the storage found, and where the next one goes on.
create or replace function record_storage_check(p_count integer, p_sample jsonb, p_reached jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update ledger_checks
     set checked_at = app_now(), violation_count = p_count, sample = p_sample, reached = p_reached
   where name = 'storage';
  return jsonb_build_object('outcome', 'recorded');
end $$;
