-- The same as mark_unanswered, as the release before asks for it: of whichever attempt was sent.
create or replace function mark_attempt_unknown(p_generation_id text, p_detail text) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$ select mark_unanswered(p_generation_id, null, p_detail) $$;
