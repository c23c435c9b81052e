-- Has every webhook that came for a generation applied once more by the next sweep, as if it had just been recorded.
-- Outcomes: replaying {count} | nothing_recorded
create or replace function replay_deliveries(p_generation_id text, p_actor text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_count integer;
begin
  update webhook_deliveries set processed_at = null, outcome = null, tries = 0, due_at = app_now()
   where token_hash in (select token_hash from attempts where generation_id = p_generation_id);
  get diagnostics v_count = row_count;
  if v_count = 0 then
    return jsonb_build_object('outcome', 'nothing_recorded');
  end if;
  perform append_audit(p_actor, 'replay', p_generation_id, v_count || ' recorded');
  return jsonb_build_object('outcome', 'replaying', 'count', v_count);
end $$;
