-- The upstream refused the create for certain: nothing runs, the hold goes back.
-- Outcomes: settled | already {state}
create or replace function reject_attempt(
  p_generation_id text, p_number integer, p_reason text, p_detail text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  update attempts set state = 'rejected', detail = p_detail, answered_at = app_now()
   where generation_id = p_generation_id and number = p_number and state in ('sent', 'unknown');
  if not found or v_generation.state not in ('dispatching', 'unknown') then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  perform settle_generation(p_generation_id, 'failed', 0, 'create', p_reason, p_detail);
  return jsonb_build_object('outcome', 'settled', 'userId', v_generation.user_id, 'reason', p_reason);
end $$;
