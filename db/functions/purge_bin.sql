-- Empties the bin of what has lain in it for so many days: files as effects, then the words of generations that are all gone.
-- Outcomes: done {pictures, tasks}
create or replace function purge_bin(p_days integer, p_limit integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_before timestamptz := app_now() - make_interval(days => p_days);
  v_pictures text[];
  v_tasks text[];
begin
  select array_agg(id) into v_pictures from (
    select id from assets where deleted_at < v_before and purged_at is null
     order by deleted_at limit p_limit for update skip locked) due;
  perform purge_assets(v_pictures);
  select array_agg(id) into v_tasks from (
    select g.id from generations g
     where g.deleted_at < v_before and g.prompt <> ''
       and not exists (select from assets a where a.generation_id = g.id and a.purged_at is null)
     order by g.deleted_at limit p_limit for update skip locked) due;
  perform erase_words(v_tasks);
  return jsonb_build_object('outcome', 'done',
    'pictures', coalesce(cardinality(v_pictures), 0), 'tasks', coalesce(cardinality(v_tasks), 0));
end $$;
