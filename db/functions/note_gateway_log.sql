-- The gateway's log row of a create that was not accepted, to find the call in its dashboard. An accepted one brings its own.
-- Outcomes: noted | already
create or replace function note_gateway_log(p_generation_id text, p_number integer, p_log_id text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update attempts set gateway_log_id = p_log_id
   where generation_id = p_generation_id and number = p_number and prediction_id is null;
  return jsonb_build_object('outcome', case when found then 'noted' else 'already' end);
end $$;
