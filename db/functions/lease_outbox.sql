-- Effects that are due, each leased to one caller. Past p_tries_max it is given up (dead) and reported.
create or replace function lease_outbox(p_limit integer, p_tries_max integer) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  with due as (
    select id from outbox
     where done_at is null and dead_at is null and due_at <= app_now()
     order by due_at limit p_limit for update skip locked
  ), leased as (
    update outbox o
       set tries = tries + 1,
           dead_at = case when tries >= p_tries_max then app_now() end,
           due_at = app_now() + least(600, 10 * power(2, least(tries, 10))) * interval '1 second'
      from due where o.id = due.id
    returning o.*
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', id, 'topic', topic, 'payload', payload, 'tries', tries, 'isDead', dead_at is not null)), '[]')
    from leased
$$;
