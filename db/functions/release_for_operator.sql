-- An operator ends somebody's live generation and gives its whole hold back, whatever the provider still does: for what a cancel
-- cannot end. With who and why in the audit, once.
-- Outcomes: released {userId} | already | not_found
create or replace function release_for_operator(p_generation_id text, p_actor text, p_reason text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_generation.terminal_at is not null then
    return jsonb_build_object('outcome', 'already');
  end if;
  perform stop_predictions(p_generation_id);
  perform settle_generation(p_generation_id, 'failed', 0, p_actor, 'internal', 'released by an operator');
  perform want_late_outputs(p_generation_id, v_generation.outputs);
  perform append_audit(p_actor, 'release', p_generation_id, p_reason);
  return jsonb_build_object('outcome', 'released', 'userId', v_generation.user_id);
end $$;
