-- Live generations that are due a look, each leased to one caller: the next look is written before the work, so a
-- caller that dies is followed by another, and the growing wait is the poll schedule (5, 10, 20, 40, 60 s) itself.
-- Those whose pictures are being saved are leased apart from the others: files that stall hold up files alone.
create or replace function lease_generations(p_limit integer, p_is_storing boolean) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  with due as (
    select id from generations
     where terminal_at is null and due_at <= app_now() and (state = 'storing') = p_is_storing
     order by due_at limit p_limit for update skip locked
  ), leased as (
    update generations g
       set tries = tries + 1,
           due_at = greatest(app_now() + interval '1 second', least(
             g.deadline_at,
             app_now() + case g.state
               when 'storing' then interval '90 seconds'
               when 'unknown' then (array[20, 60, 90])[least(tries + 1, 3)] * interval '1 second'
               when 'running' then least(60, 5 * power(2, least(tries, 10) + 1)) * interval '1 second'
               else interval '30 seconds' end))
      from due where g.id = due.id
    returning g.*
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', l.id, 'userId', l.user_id, 'state', l.state, 'tries', l.tries, 'isExpired', l.deadline_at <= app_now(),
    'outputCount', l.output_count, 'outputs', l.outputs, 'upstreamModel', l.upstream_model, 'seed', l.seed,
    'promptHash', encode(sha256(convert_to(coalesce(l.input ->> 'prompt', ''), 'UTF8')), 'hex'),
    'predictions', (select coalesce(jsonb_agg(
                       jsonb_build_object('id', prediction_id, 'keyId', upstream_key) order by number desc), '[]')
                       from attempts a
                       where a.generation_id = l.id and a.state = 'accepted'),
    'openTokenHash', encode(o.token_hash, 'hex'), 'openNumber', o.number, 'openSentAt', o.sent_at,
    'emptyListings', o.empty_listings
  )), '[]')
    from leased l left join attempts o on o.generation_id = l.id and o.state in ('sent', 'unknown')
$$;
