-- The clock of money and state, in milliseconds.
create or replace function read_clock() returns double precision
language sql stable security definer
set search_path = public, pg_temp
as $$
  select extract(epoch from app_now()) * 1000
$$;
