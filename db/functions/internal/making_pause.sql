-- Why nothing new is made, in the operator's words; null while pictures are made.
create or replace function making_pause() returns text
language sql stable
set search_path = public, pg_temp
as $$
  select sentence from (
    select 1 as place, sentence from service_pauses where name = 'changes'
    union all
    select 2, sentence from service_pauses where name = 'making'
    union all
    select 3, sentence from spend_limits
     where spent_microusd >= limit_microusd and spent_on = (app_now() at time zone 'UTC')::date
  ) pauses order by place limit 1
$$;
