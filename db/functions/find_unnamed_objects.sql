-- Which of these objects no row names and none will: written so many hours ago, no file of a picture, nor a copy of one, nor
-- of a generation that is under way or whose late pictures are still wanted. What a picture was purged of counts as unnamed.
-- p_objects: [{key, writtenAt}]; keys are outputs/{generation}/{name}, variants/{picture}/{hash}-{width}.webp or
--   references/{reference}/{name}
-- Outcomes: done {keys}
create or replace function find_unnamed_objects(p_objects jsonb, p_hours integer) returns jsonb
language sql stable security definer
set search_path = public, pg_temp
as $$
  select jsonb_build_object('outcome', 'done', 'keys', coalesce(jsonb_agg(o.key), '[]'))
    from (select key, "writtenAt" as written_at, split_part(key, '/', 2) as owner_id, split_part(key, '/', 3) as name
            from jsonb_to_recordset(p_objects) as listed (key text, "writtenAt" timestamptz)) o
   where o.written_at < app_now() - make_interval(hours => p_hours)
     and not exists (select from assets a where a.storage_key = o.key and a.purged_at is null)
     and not exists (select from reference_pictures r where r.storage_key = o.key)
     and not exists (select from assets a
                      where a.id = o.owner_id and a.purged_at is null
                        and o.name like left(encode(a.content_hash, 'hex'), 16) || '-%')
     and not exists (select from generations g where g.id = o.owner_id and g.terminal_at is null)
     and not exists (select from outbox e
                      where e.dedup_key = 'store_late:' || o.owner_id and e.done_at is null and e.dead_at is null)
$$;
