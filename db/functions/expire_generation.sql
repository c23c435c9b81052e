-- The deadline: whatever state it is in, a generation ends and its hold goes back; the upstream is told to stop.
-- Outcomes: settled {isLeak} | waiting | already {state}
create or replace function expire_generation(p_generation_id text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_to text;
  v_reason text;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found or v_generation.terminal_at is not null then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  if app_now() < v_generation.deadline_at then
    return jsonb_build_object('outcome', 'waiting');
  end if;
  if v_generation.state = 'storing' then
    v_to := 'failed';
    v_reason := 'storage_failed';
  elsif v_generation.cancel_requested_at is not null then
    v_to := 'canceled';
    v_reason := 'canceled';
  else
    v_to := 'failed';
    v_reason := 'timed_out';
  end if;
  perform stop_predictions(p_generation_id);
  perform settle_generation(p_generation_id, v_to, 0, 'deadline', v_reason);
  -- Made, but not stored in time: what can still be fetched is theirs.
  return jsonb_build_object(
    'outcome', 'settled', 'userId', v_generation.user_id, 'reason', v_reason,
    'isLeak', want_late_outputs(p_generation_id, v_generation.outputs));
end $$;
