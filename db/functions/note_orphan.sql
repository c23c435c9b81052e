-- A prediction was found at work after its generation had ended: it is stopped like any other of an ended one, and counted here
-- as one that nobody waited for.
-- Outcomes: noted {isNew}
create or replace function note_orphan(p_prediction_id text, p_generation_id text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  return jsonb_build_object('outcome', 'noted', 'isNew', note_leak('extra', p_prediction_id, p_generation_id));
end $$;
