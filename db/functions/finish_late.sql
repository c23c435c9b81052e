-- Pictures that came after the deadline had given the hold back: theirs all the same, at no charge. The generation stays
-- failed, and its money as it was settled.
-- p_assets: as in insert_assets
-- Outcomes: stored | already {state}
create or replace function finish_late(p_generation_id text, p_assets jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found or v_generation.state <> 'failed' or v_generation.late_at is not null
     or v_generation.deleted_at is not null or jsonb_array_length(p_assets) = 0 then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  perform insert_assets(p_generation_id, p_assets);
  update generations set late_at = app_now() where id = p_generation_id;
  return jsonb_build_object('outcome', 'stored', 'userId', v_generation.user_id);
end $$;
