-- The rows of pictures that lie in our storage, seen by whom the submit said.
-- p_assets: [{id, position, storageKey, contentType, sizeBytes, contentHash (hex), widthPixels, heightPixels, preview}]
create or replace function insert_assets(p_generation_id text, p_assets jsonb) returns void
language sql
set search_path = public, pg_temp
as $$
  insert into assets (
    id, generation_id, position, storage_key, content_type, size_bytes, content_hash, width_pixels, height_pixels,
    preview, audience, review_state, created_at)
  select a ->> 'id', g.id, (a ->> 'position')::integer, a ->> 'storageKey', a ->> 'contentType',
         (a ->> 'sizeBytes')::bigint, decode(a ->> 'contentHash', 'hex'), (a ->> 'widthPixels')::integer,
         (a ->> 'heightPixels')::integer, a ->> 'preview', g.audience,
         case when g.audience = 'public' then 'pending' end, app_now()
    from generations g, jsonb_array_elements(p_assets) a where g.id = p_generation_id
$$;
