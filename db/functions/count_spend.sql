-- Counts what the day's limit is held against, when it is due: each picture that a provider was asked for since midnight UTC,
-- as if all of them were billed. p_floor is an id that all generations of the day, and those still under way then, come after;
-- p_costs is millionths of a US dollar per picture by model.
-- Outcomes: counted | waiting | unlimited
create or replace function count_spend(p_floor text, p_costs jsonb, p_interval_seconds integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_today date := (app_now() at time zone 'UTC')::date;
begin
  update spend_limits set count_due_at = app_now() + make_interval(secs => p_interval_seconds)
   where count_due_at <= app_now();
  if not found then
    return jsonb_build_object(
      'outcome', case when exists (select from spend_limits) then 'waiting' else 'unlimited' end);
  end if;
  update spend_limits
     set spent_on = v_today,
         spent_microusd = (
           select coalesce(sum(g.output_count * coalesce((p_costs ->> g.model)::bigint, 0)), 0)
             from generations g join attempts a on a.generation_id = g.id
            where g.id >= p_floor and a.state in ('sent', 'accepted', 'unknown')
              and a.sent_at >= v_today::timestamp at time zone 'UTC')
   where period = 'day';
  return jsonb_build_object('outcome', 'counted');
end $$;
