-- Puts pictures of a person's, and ended tasks without one, into the bin. A task goes along with its last picture. Live
-- tasks and what is somebody else's are passed over. Ledger rows stay.
-- Outcomes: done {count}
create or replace function bin_pictures(p_user_id text, p_image_ids jsonb, p_task_ids jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation_ids text[];
  v_pictures integer;
  v_tasks integer;
begin
  with changed as (
    update assets a set deleted_at = app_now()
      from own_assets(p_user_id, p_image_ids) own
     where own.id = a.id and a.deleted_at is null
    returning a.generation_id)
  select array_agg(generation_id), count(*) into v_generation_ids, v_pictures from changed;
  update generations g
     set changed_at = app_now(),
         deleted_at = case when not exists (
           select from assets a where a.generation_id = g.id and a.deleted_at is null) then app_now() end
   where g.id = any (v_generation_ids) and g.deleted_at is null;

  update generations g set deleted_at = app_now()
    from jsonb_array_elements_text(p_task_ids) wanted
   where wanted = g.id and g.user_id = p_user_id and g.deleted_at is null and g.state in ('failed', 'canceled');
  get diagnostics v_tasks = row_count;
  return jsonb_build_object('outcome', 'done', 'count', v_pictures + v_tasks);
end $$;
