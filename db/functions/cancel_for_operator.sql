-- An operator's cancel of somebody's live generation: as the person's own but told as ours, with who and why in the audit, once.
-- Outcomes: canceled {userId} | requested {userId} | finishing | already | not_found
create or replace function cancel_for_operator(p_generation_id text, p_actor text, p_reason text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_outcome text;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_generation.cancel_requested_at is not null then
    return jsonb_build_object('outcome', 'already');
  end if;
  v_outcome := cancel_generation(v_generation.user_id, p_generation_id) ->> 'outcome';
  if v_outcome in ('settled', 'requested') then
    update generations set canceled_by_operator = true where id = p_generation_id;
    perform append_audit(p_actor, 'cancel', p_generation_id, p_reason);
  end if;
  return jsonb_build_object('userId', v_generation.user_id,
    'outcome', case v_outcome when 'settled' then 'canceled' else v_outcome end);
end $$;
