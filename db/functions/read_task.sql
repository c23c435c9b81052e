-- One task of the caller, with the rate token of the read taken in the same call. A task of somebody else is not there.
-- Outcomes: found {task} | not_found | rate_limited
create or replace function read_task(
  p_user_id text, p_generation_id text, p_rate_key text, p_rate_count integer, p_rate_seconds integer
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_wait_seconds integer := take_rate_token(p_rate_key, p_rate_count, p_rate_seconds);
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('outcome', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  select * into v_generation from generations
   where id = p_generation_id and user_id = p_user_id and deleted_at is null;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object('outcome', 'found', 'task', task_json(v_generation));
end $$;
