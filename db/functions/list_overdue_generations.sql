-- Live generations past their deadline, the longest first. Nothing is leased: to end one twice does nothing.
create or replace function list_overdue_generations(p_limit integer) returns jsonb
language sql stable security definer
set search_path = public, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'state', state)), '[]')
    from (select id, state from generations
           where terminal_at is null and deadline_at <= app_now() order by deadline_at limit p_limit) overdue
$$;
