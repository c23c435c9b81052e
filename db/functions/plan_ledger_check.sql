-- When a check is due next, and where it then goes on; null leaves it where it is.
create or replace function plan_ledger_check(p_name text, p_seconds integer, p_reached jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update ledger_checks
     set due_at = coalesce(app_now() + make_interval(secs => p_seconds), due_at), reached = coalesce(p_reached, reached)
   where name = p_name;
  return jsonb_build_object('outcome', 'planned');
end $$;
