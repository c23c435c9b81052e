-- At which accounts it is this caller's turn to look for predictions that nobody here knows, and since when: one of all instances
-- gets each turn, and there is nothing to look for while every create has been looked for since it was answered or given up.
-- A live one without an answer is looked for by its own job. Of another account's creates, an account knows nothing.
-- p_keys: the accounts; p_floor: an id before all generations that may have been sent within the window. The turn (full_at) and
-- how far the looks have come (seen_at) are kept like an allowance: where they are lost, one look more is made.
-- Answers [{keyId, sentSince, until}]
create or replace function lease_orphan_looks(
  p_keys jsonb, p_floor text, p_interval_seconds integer, p_grace_seconds integer, p_window_seconds integer
) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  with turns as (
    insert into rate_buckets as b (key, full_at)
    select 'orphans:' || key, app_now() + make_interval(secs => p_interval_seconds)
      from jsonb_array_elements_text(p_keys) as accounts (key) order by key
    -- One that lies further ahead than another turn was written before the clock was set back. One that lies a little further
    -- ahead is of somebody who began later than this and was let in earlier.
    on conflict (key) do update set full_at = excluded.full_at
     where b.full_at <= app_now() or b.full_at > excluded.full_at + make_interval(secs => p_interval_seconds)
    returning split_part(b.key, ':', 2) as key, b.seen_at
  ), looks as (
    select t.key, min(a.sent_at) as sent_since
      from turns t join attempts a on a.generation_id >= p_floor and coalesce(a.upstream_key, t.key) = t.key
     where greatest(a.sent_at, a.answered_at) <= app_now() - make_interval(secs => p_grace_seconds)
       and greatest(a.sent_at, a.answered_at) > greatest(
             case when t.seen_at <= app_now() then t.seen_at end, app_now() - make_interval(secs => p_window_seconds))
       and (a.state not in ('sent', 'throttled', 'unknown')
            or exists (select from generations g where g.id = a.generation_id and g.terminal_at is not null))
     group by t.key
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'keyId', key, 'sentSince', sent_since, 'until', app_now() - make_interval(secs => p_grace_seconds))), '[]')
    from looks
$$;
