-- The upstream said "later" and certainly created nothing, or nothing left here: back in line, the same attempt, no second
-- prediction. A cancel that was asked for meanwhile ends it here instead. While an attempt that was given up runs after all, its
-- own end comes first.
-- p_token_hash: of the create that was put off. Its number is used again when it is sent again, by whichever process, and what
-- is said a second time must not move that one back in line. Null for whichever has the number.
-- Outcomes: delayed | settled | already {state}
create or replace function put_off_attempt(
  p_generation_id text, p_number integer, p_token_hash bytea, p_delay_seconds double precision, p_detail text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  update attempts set state = 'throttled', detail = p_detail, answered_at = app_now()
   where generation_id = p_generation_id and number = p_number and token_hash = coalesce(p_token_hash, token_hash)
     and state in ('sent', 'unknown');
  -- None: late word of a create that was given up or sent again since.
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
