-- Takes reference pictures away with which nothing was made: the rows now, their files as effects. Answers how many.
create or replace function remove_unused_references(p_ids text[]) returns integer
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_unused text[];
begin
  perform 1 from reference_pictures where id = any (p_ids) order by id for update;
  -- A statement of its own: it sees the submits that the locks have waited for.
  select array_agg(id) into v_unused from unnest(p_ids) as id where not is_reference_in_use(id);
  insert into outbox (topic, dedup_key, payload, due_at, created_at)
  select 'remove_reference', 'remove_reference:' || id, jsonb_build_object('storageKey', storage_key), app_now(), app_now()
    from reference_pictures where id = any (v_unused);
  delete from reference_pictures where id = any (v_unused);
  return coalesce(cardinality(v_unused), 0);
end $$;
