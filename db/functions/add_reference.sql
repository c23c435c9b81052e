-- A stored reference picture gets its row. Of those with which nothing was made yet a person keeps the newest so many.
-- p_reference: {id, storageKey, sizeBytes, contentHash (hex), widthPixels, heightPixels}
-- Outcomes: added | account_closed
create or replace function add_reference(p_user_id text, p_reference jsonb, p_hours integer, p_unused_max integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  -- Whoever erases this person waits, or has done it.
  perform 1 from users where id = p_user_id for key share;
  if not found then
    return jsonb_build_object('outcome', 'account_closed');
  end if;
  insert into reference_pictures (
    id, user_id, storage_key, size_bytes, content_hash, width_pixels, height_pixels, created_at, due_at
  ) values (
    p_reference ->> 'id', p_user_id, p_reference ->> 'storageKey', (p_reference ->> 'sizeBytes')::bigint,
    decode(p_reference ->> 'contentHash', 'hex'), (p_reference ->> 'widthPixels')::integer,
    (p_reference ->> 'heightPixels')::integer, app_now(), app_now() + make_interval(hours => p_hours)
  ) on conflict (id) do nothing;
  perform remove_unused_references(array(
    select id from reference_pictures
     where user_id = p_user_id and created_at > app_now() - make_interval(hours => p_hours)
       and not is_reference_in_use(id)
     order by created_at desc, id desc offset p_unused_max));
  return jsonb_build_object('outcome', 'added');
end $$;
