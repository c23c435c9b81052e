-- An operator is about to make somebody a link to a new password: who and why is in the audit before there is one. The same key
-- again, after a lost answer, is the same act.
-- Outcomes: noted | already | not_found
create or replace function note_reset_link(p_user_id text, p_key text, p_actor text, p_reason text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  perform 1 from users where id = p_user_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  -- A call is made again within seconds, so its first row is among the newest.
  perform 1 from (select * from audit_entries order by id desc limit 100) newest
    where action = 'make_reset_link' and subject = p_user_id and detail ->> 'key' = p_key;
  if found then
    return jsonb_build_object('outcome', 'already');
  end if;
  perform append_audit(p_actor, 'make_reset_link', p_user_id, p_reason, jsonb_build_object('key', p_key));
  return jsonb_build_object('outcome', 'noted');
end $$;
