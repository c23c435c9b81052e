-- The same as decide_review, as the release before asks for it: without a reason.
-- p_decision: approved | rejected. Outcomes: reviewed | not_public
create or replace function review_picture(p_image_id text, p_decision text, p_actor text) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  select jsonb_build_object('outcome', case
    when decide_review(p_image_id, p_decision, p_actor, 'No reason was given.', true) ->> 'outcome' = 'not_public'
    then 'not_public' else 'reviewed' end)
$$;
