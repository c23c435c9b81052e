-- At this account every create that was answered or given up by then has been looked for.
-- Outcomes: noted
create or replace function note_orphan_look(p_key text, p_until timestamptz) returns jsonb
language sql security definer
set search_path = public, pg_temp
as $$
  update rate_buckets set seen_at = p_until where key = 'orphans:' || p_key;
  select jsonb_build_object('outcome', 'noted')
$$;
