-- Marks pictures of a person's as favourites, or no longer. Others are passed over.
-- Outcomes: done {count}
create or replace function favour_pictures(p_user_id text, p_image_ids jsonb, p_is_favourite boolean) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation_ids text[];
begin
  with changed as (
    update assets a set favourite_at = case when p_is_favourite then app_now() end
      from own_assets(p_user_id, p_image_ids) own
     where own.id = a.id and (a.favourite_at is not null) <> p_is_favourite
    returning a.generation_id)
  select array_agg(generation_id) into v_generation_ids from changed;
  update generations set changed_at = app_now() where id = any (v_generation_ids);
  return jsonb_build_object('outcome', 'done', 'count', coalesce(cardinality(v_generation_ids), 0));
end $$;
