-- Puts an ended generation into the bin, with its pictures. Its ledger rows stay.
-- Outcomes: deleted | live | not_found
create or replace function delete_generation(p_user_id text, p_generation_id text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations
   where id = p_generation_id and user_id = p_user_id and deleted_at is null for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_generation.terminal_at is null then
    return jsonb_build_object('outcome', 'live');
  end if;
  update assets set deleted_at = app_now() where generation_id = p_generation_id and deleted_at is null;
  update generations set deleted_at = app_now() where id = p_generation_id;
  return jsonb_build_object('outcome', 'deleted', 'userId', p_user_id);
end $$;
