-- Ends a live generation with its whole hold given back. p_from guards against a state that has moved on.
-- Outcomes: settled | already {state}
create or replace function fail_generation(
  p_generation_id text, p_from text, p_cause text, p_reason text, p_detail text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found or v_generation.state <> p_from then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  perform stop_predictions(p_generation_id);
  perform settle_generation(p_generation_id, 'failed', 0, p_cause, p_reason, p_detail);
  return jsonb_build_object('outcome', 'settled', 'userId', v_generation.user_id, 'reason', p_reason);
end $$;
