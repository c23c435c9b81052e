-- The effect was done.
create or replace function finish_outbox(p_id bigint) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update outbox set done_at = app_now() where id = p_id and done_at is null;
  return jsonb_build_object('outcome', case when found then 'done' else 'already' end);
end $$;
