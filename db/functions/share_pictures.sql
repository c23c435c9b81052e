-- Decides who may see pictures of a person's. Taking one back gives it a new link, so that the old one stays dead.
-- A picture becomes public at once by its link; Explore shows it after a review, and again after each time it was taken back.
-- p_expires_at: when the link ends by itself, null for never. Outcomes: done {count}
create or replace function share_pictures(
  p_user_id text, p_image_ids jsonb, p_audience text, p_shows_prompt boolean, p_expires_at timestamptz
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation_ids text[];
begin
  with changed as (
    update assets a
       set audience = p_audience,
           shows_prompt = p_shows_prompt and p_audience <> 'private',
           share_expires_at = case when p_audience = 'link' then p_expires_at end,
           review_state = case when p_audience = 'public' then
             case when a.audience = 'public' and a.shows_prompt = p_shows_prompt then a.review_state else 'pending' end end,
           review_reason = case when p_audience = 'public' and a.audience = 'public' and a.shows_prompt = p_shows_prompt
             then a.review_reason end,
           reviewed_by = case when p_audience = 'public' then a.reviewed_by end,
           share_id = case when p_audience = 'private' and a.audience <> 'private'
             then 'shr_' || replace(gen_random_uuid()::text, '-', '') else a.share_id end
      from own_assets(p_user_id, p_image_ids) own
     where own.id = a.id and a.deleted_at is null
    returning a.generation_id)
  select array_agg(generation_id) into v_generation_ids from changed;
  update generations set changed_at = app_now() where id = any (v_generation_ids);
  return jsonb_build_object('outcome', 'done', 'count', coalesce(cardinality(v_generation_ids), 0));
end $$;
