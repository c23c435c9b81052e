-- The pictures are in our storage: asset rows, capture for what was stored, release of the rest, succeeded. One statement.
-- p_assets: as in insert_assets
-- Outcomes: settled | already {state}
create or replace function finish_storing(p_generation_id text, p_assets jsonb) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found or v_generation.state <> 'storing' then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  perform insert_assets(p_generation_id, p_assets);
  perform settle_generation(p_generation_id, 'succeeded', jsonb_array_length(p_assets), 'store', v_generation.model);
  return jsonb_build_object('outcome', 'settled', 'userId', v_generation.user_id);
end $$;
