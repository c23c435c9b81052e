-- Which field of the request the upstream did not accept; the first word stays.
-- Outcomes: noted | already
create or replace function note_refused_field(p_generation_id text, p_field text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update generations set refused_field = p_field
   where id = p_generation_id and terminal_at is null and refused_field is null;
  return jsonb_build_object('outcome', case when found then 'noted' else 'already' end);
end $$;
