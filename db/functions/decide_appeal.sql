-- An operator's answer to an appeal, with who and why in the audit, once. A picture that is allowed and still public is in Explore.
-- p_decision: kept | allowed. Outcomes: kept {userId} | allowed {userId} | already | not_found
create or replace function decide_appeal(p_subject_id text, p_decision text, p_actor text, p_reason text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_appeal appeals;
begin
  -- The generation first, as everybody locks it.
  perform 1 from generations
    where id = (select generation_id from appeals where subject_id = p_subject_id) for update;
  select * into v_appeal from appeals where subject_id = p_subject_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_appeal.state <> 'open' then
    return jsonb_build_object('outcome', 'already');
  end if;
  update appeals set state = p_decision, reason = p_reason, decided_by = p_actor, decided_at = app_now()
   where subject_id = p_subject_id;
  if p_decision = 'allowed' then
    update assets set review_state = 'approved', review_reason = null, reviewed_by = p_actor
     where id = p_subject_id and audience = 'public';
  end if;
  update generations set changed_at = app_now() where id = v_appeal.generation_id;
  perform append_audit(p_actor, case p_decision when 'allowed' then 'allow_appeal' else 'keep_appeal' end, p_subject_id, p_reason);
  return jsonb_build_object('outcome', p_decision, 'userId', v_appeal.user_id);
end $$;
