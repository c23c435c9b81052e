-- The one clock of money and state. A function of its own so that a simulation can replace it in its database.
create or replace function app_now() returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$ select now() $$;
