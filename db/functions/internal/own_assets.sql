-- A person's pictures among these ids whose generation has ended, and who else's are left out. Their generations are
-- locked first and in order, so that two bulk actions never wait for each other in a ring.
create or replace function own_assets(p_user_id text, p_image_ids jsonb) returns setof assets
language plpgsql volatile
set search_path = public, pg_temp
as $$
begin
  perform 1 from generations g
    where g.user_id = p_user_id and g.id in (
      select a.generation_id from assets a join jsonb_array_elements_text(p_image_ids) wanted on wanted = a.id)
    order by g.id for update;
  return query
    select a.* from assets a
      join jsonb_array_elements_text(p_image_ids) wanted on wanted = a.id
      join generations g on g.id = a.generation_id
     where g.user_id = p_user_id and a.purged_at is null;
end $$;
