-- Takes pictures and tasks of a person's out of the bin again. What was purged cannot come back and is passed over.
-- Outcomes: done {count}
create or replace function restore_pictures(p_user_id text, p_image_ids jsonb, p_task_ids jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation_ids text[];
  v_pictures integer;
  v_tasks integer;
begin
  with changed as (
    update assets a set deleted_at = null
      from own_assets(p_user_id, p_image_ids) own
     where own.id = a.id and a.deleted_at is not null
    returning a.generation_id)
  select array_agg(generation_id), count(*) into v_generation_ids, v_pictures from changed;
  update generations set deleted_at = null, changed_at = app_now() where id = any (v_generation_ids);

  update generations g set deleted_at = null
    from jsonb_array_elements_text(p_task_ids) wanted
   where wanted = g.id and g.user_id = p_user_id and g.deleted_at is not null and g.prompt <> ''
     and g.state in ('failed', 'canceled');
  get diagnostics v_tasks = row_count;
  return jsonb_build_object('outcome', 'done', 'count', v_pictures + v_tasks);
end $$;
