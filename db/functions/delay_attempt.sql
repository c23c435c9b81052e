-- The upstream said "later" and certainly created nothing, or nothing left here: back in line, the same attempt, no second
-- prediction. A cancel that was asked for meanwhile ends it here instead. While an attempt that was given up runs after all, its
-- own end comes first.
-- Outcomes: delayed | settled | already {state}
create or replace function delay_attempt(
  p_generation_id text, p_number integer, p_delay_seconds double precision, p_detail text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  update attempts set state = 'throttled', detail = p_detail, answered_at = app_now()
   where generation_id = p_generation_id and number = p_number and state in ('sent', 'unknown');
  -- None: late word of an attempt that was given up, and a newer one is under way.
  if not found or v_generation.state not in ('dispatching', 'unknown') then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  if v_generation.cancel_requested_at is not null then
    perform settle_generation(p_generation_id, 'canceled', 0, 'cancel', 'canceled');
    return jsonb_build_object('outcome', 'settled', 'userId', v_generation.user_id, 'reason', 'canceled');
  end if;
  perform move_generation(
    p_generation_id, 'reserved', 'create', app_now() + make_interval(secs => p_delay_seconds));
  return jsonb_build_object('outcome', 'delayed', 'userId', v_generation.user_id);
end $$;
