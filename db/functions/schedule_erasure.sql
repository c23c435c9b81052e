-- A person's wish to have everything of theirs erased after so many days, or (null) to keep it after all.
-- Outcomes: scheduled {dueAt} | kept | not_found
create or replace function schedule_erasure(p_user_id text, p_days integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_due_at timestamptz;
begin
  update users
     set deletion_due_at = case when p_days is not null
           then coalesce(deletion_due_at, app_now() + make_interval(days => p_days)) end
   where id = p_user_id returning deletion_due_at into v_due_at;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return case when v_due_at is null then jsonb_build_object('outcome', 'kept')
    else jsonb_build_object('outcome', 'scheduled', 'dueAt', v_due_at) end;
end $$;
