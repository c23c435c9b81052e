-- The sweeper's next look at a live generation, by whoever works on it and knows when that is worth while.
-- Outcomes: rescheduled | already
create or replace function reschedule_generation(
  p_generation_id text, p_from text, p_delay_seconds double precision
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  -- Tries count the looks that nobody came back from. One that waits in line for its turn came back, and so did one whose picture
  -- only could not be fetched or stored now.
  update generations
     set due_at = least(deadline_at, app_now() + make_interval(secs => p_delay_seconds)),
         tries = case when state in ('reserved', 'storing') then 0 else tries end
   where id = p_generation_id and state = p_from and terminal_at is null;
  return jsonb_build_object('outcome', case when found then 'rescheduled' else 'already' end);
end $$;
