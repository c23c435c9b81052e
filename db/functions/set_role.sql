-- Makes somebody an operator, or no longer one. Whoever ADMIN_EMAILS names is one besides, by their address.
-- Outcomes: set | already | not_found
create or replace function set_role(p_user_id text, p_role text, p_actor text, p_reason text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_role text;
begin
  select role into v_role from users where id = p_user_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_role = p_role then
    return jsonb_build_object('outcome', 'already');
  end if;
  update users set role = p_role, updated_at = app_now() where id = p_user_id;
  perform append_audit(p_actor, 'set_role', p_user_id, p_reason, jsonb_build_object('role', p_role));
  return jsonb_build_object('outcome', 'set');
end $$;
