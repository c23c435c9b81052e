-- The same as lease_inbox, as the release before asks for it: without an end to the tries.
create or replace function lease_deliveries(p_limit integer) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$ select lease_inbox(p_limit, null) $$;
