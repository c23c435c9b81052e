-- The same as put_off_attempt, as the release before asks for it: of whichever create has the number.
create or replace function delay_attempt(
  p_generation_id text, p_number integer, p_delay_seconds double precision, p_detail text
) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$ select put_off_attempt(p_generation_id, p_number, null, p_delay_seconds, p_detail) $$;
