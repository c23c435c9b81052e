-- Keeps what stands in a person's composer. Of two drafts the one that was changed last stays, in whichever order they come in; a
-- change of the future, by a browser's wrong clock, is one of now.
-- Outcomes: saved | outdated | account_closed
create or replace function save_draft(p_user_id text, p_content jsonb, p_changed_at timestamptz) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  -- Whoever erases this person waits, or has done it.
  perform 1 from users where id = p_user_id for key share;
  if not found then
    return jsonb_build_object('outcome', 'account_closed');
  end if;
  insert into drafts as d (user_id, content, changed_at)
  values (p_user_id, p_content, least(p_changed_at, app_now()))
  on conflict (user_id) do update set content = excluded.content, changed_at = excluded.changed_at
   where d.changed_at <= excluded.changed_at;
  return jsonb_build_object('outcome', case when found then 'saved' else 'outdated' end);
end $$;
