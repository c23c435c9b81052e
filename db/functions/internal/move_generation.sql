-- One change of state: the row, its event, the next look of the sweeper. The caller holds the row lock.
create or replace function move_generation(
  p_generation_id text, p_to text, p_cause text, p_due_at timestamptz, p_tries integer default 0
) returns void
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_from text;
  v_version integer;
begin
  select state into v_from from generations where id = p_generation_id;
  update generations
     set state = p_to, due_at = least(p_due_at, deadline_at), tries = p_tries
   where id = p_generation_id
  returning version into v_version;
  insert into generation_events (generation_id, version, from_state, to_state, cause, created_at)
  values (p_generation_id, v_version, v_from, p_to, p_cause, app_now());
end $$;
