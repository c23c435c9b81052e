-- Takes away reference pictures that are due; what something was made with is looked at again a day later.
-- Outcomes: done {removed}
create or replace function remove_due_references(p_limit integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_due text[] := array(
    select id from reference_pictures where due_at < app_now() order by due_at limit p_limit for update skip locked);
  v_removed integer := remove_unused_references(v_due);
begin
  update reference_pictures set due_at = app_now() + interval '1 day' where id = any (v_due);
  return jsonb_build_object('outcome', 'done', 'removed', v_removed);
end $$;
