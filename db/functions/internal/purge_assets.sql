-- Gives files up for good: their removal is written down as effects, and their stand-ins and appeals go. The rows stay,
-- because they say what was paid for.
create or replace function purge_assets(p_ids text[]) returns void
language plpgsql
set search_path = public, pg_temp
as $$
begin
  update assets
     set purged_at = app_now(), deleted_at = coalesce(deleted_at, app_now()), preview = null, audience = 'private',
         review_state = null, review_reason = null, reviewed_by = null, favourite_at = null, shows_prompt = false
   where id = any (p_ids);
  delete from appeals where subject_id = any (p_ids);
  insert into outbox (topic, dedup_key, payload, due_at, created_at)
  select 'remove_asset', 'remove_asset:' || a.id,
         jsonb_build_object('imageId', a.id, 'storageKey', a.storage_key, 'contentHash', encode(a.content_hash, 'hex')),
         app_now(), app_now()
    from assets a where a.id = any (p_ids)
  on conflict (dedup_key) do nothing;
end $$;
