-- Recorded webhooks that nobody applied, each leased to one caller.
create or replace function lease_deliveries(p_limit integer) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  with due as (
    select provider, webhook_id from webhook_deliveries
     where processed_at is null and due_at <= app_now()
     order by due_at limit p_limit for update skip locked
  ), leased as (
    update webhook_deliveries d
       set tries = tries + 1, due_at = app_now() + least(300, 10 * power(2, least(tries, 10))) * interval '1 second'
      from due where d.provider = due.provider and d.webhook_id = due.webhook_id
    returning d.*
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'webhookId', webhook_id, 'tokenHash', encode(token_hash, 'hex'), 'prediction', prediction, 'tries', tries)), '[]')
    from leased
$$;
