-- When the current free month ends: the first instant of the next calendar month, UTC.
create or replace function month_reset_at() returns timestamptz
language sql stable
set search_path = public, pg_temp
as $$ select (date_trunc('month', app_now() at time zone 'utc') + interval '1 month') at time zone 'utc' $$;
