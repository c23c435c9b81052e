-- Recorded webhooks that nobody applied, each leased to one caller. Past p_tries_max (null: never) one is given up (dead) and
-- reported: it is closed, and an operator may have it replayed. The waits are short enough for that to be known within minutes, as
-- what it tells is asked for by polls as well.
create or replace function lease_inbox(p_limit integer, p_tries_max integer) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  with due as (
    select provider, webhook_id from webhook_deliveries
     where processed_at is null and due_at <= app_now()
     order by due_at limit p_limit for update skip locked
  ), leased as (
    update webhook_deliveries d
       set tries = tries + 1,
           processed_at = case when tries >= p_tries_max then app_now() end,
           outcome = case when tries >= p_tries_max then 'dead' end,
           due_at = app_now() + least(60, 10 * power(2, least(tries, 10))) * interval '1 second'
      from due where d.provider = due.provider and d.webhook_id = due.webhook_id
    returning d.*
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'webhookId', webhook_id, 'tokenHash', encode(token_hash, 'hex'), 'prediction', prediction, 'tries', tries,
    'isDead', processed_at is not null)), '[]')
    from leased
$$;
