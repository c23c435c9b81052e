-- Whether others than its owner may see a picture now. Bytes, page, card and Explore all ask here.
create or replace function is_shared(a assets) returns boolean
language sql stable security definer
set search_path = public, pg_temp
as $$
  select a.audience <> 'private' and a.deleted_at is null
     and (a.share_expires_at is null or a.share_expires_at > app_now())
$$;
