-- An operator wants a live generation looked at now: the next sweep sends, asks or stores, whatever its state needs.
-- Outcomes: looking | already | not_found
create or replace function look_now(p_generation_id text, p_actor text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_generation.terminal_at is not null then
    return jsonb_build_object('outcome', 'already');
  end if;
  update generations set due_at = app_now() where id = p_generation_id;
  perform append_audit(p_actor, 'look', p_generation_id, v_generation.state);
  return jsonb_build_object('outcome', 'looking');
end $$;
