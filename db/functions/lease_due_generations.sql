-- As lease_generations, whatever the state: the release before takes them all in one.
create or replace function lease_due_generations(p_limit integer) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  select lease_generations(p_limit, false) || lease_generations(p_limit, true)
$$;
