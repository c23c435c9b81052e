-- An operator's word on a public picture, with who and why in the audit: into Explore, or not. Its owner reads why not.
-- p_decision: approved | rejected. p_is_revision: whether one that was decided before may be decided anew; else the first word
-- stands, as two operators may have the same list before them.
-- Outcomes: approved {userId} | rejected {userId} | already | not_public
create or replace function decide_review(
  p_image_id text, p_decision text, p_actor text, p_reason text, p_is_revision boolean
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_user_id text;
  v_asset assets;
begin
  -- The generation first, as its owner's own acts lock it.
  select user_id into v_user_id from generations
   where id = (select generation_id from assets where id = p_image_id) for update;
  select * into v_asset from assets where id = p_image_id and audience = 'public' and deleted_at is null;
  if not found then
    return jsonb_build_object('outcome', 'not_public');
  end if;
  if v_asset.review_state = p_decision or (v_asset.review_state <> 'pending' and not p_is_revision) then
    return jsonb_build_object('outcome', 'already');
  end if;
  update assets
     set review_state = p_decision, reviewed_by = p_actor,
         review_reason = case when p_decision = 'rejected' then p_reason end
   where id = p_image_id;
  update generations set changed_at = app_now() where id = v_asset.generation_id;
  perform append_audit(
    p_actor, case p_decision when 'approved' then 'approve_picture' else 'reject_picture' end, p_image_id, p_reason);
  return jsonb_build_object('outcome', p_decision, 'userId', v_user_id);
end $$;
