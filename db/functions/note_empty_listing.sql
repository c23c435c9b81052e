-- The same as note_unlisted, as the release before asks for it: of whichever attempt is open, and counted each time.
create or replace function note_empty_listing(p_generation_id text) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$ select note_unlisted(p_generation_id, null, null) $$;
