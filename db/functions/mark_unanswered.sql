-- The create of an attempt (null: of whichever was sent) got no answer that can be trusted: it may or may not run. Nothing is
-- sent again; a webhook, or a listing from ten seconds on, tells. While an attempt that was given up runs after all, its own end
-- comes first.
-- Outcomes: unknown | already {state}
create or replace function mark_unanswered(p_generation_id text, p_number integer, p_detail text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  update attempts set state = 'unknown', detail = p_detail
   where generation_id = p_generation_id and number = coalesce(p_number, number) and state = 'sent';
  if not found or v_generation.state <> 'dispatching' then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  perform move_generation(p_generation_id, 'unknown', 'create', app_now() + interval '10 seconds');
  return jsonb_build_object('outcome', 'unknown', 'userId', v_generation.user_id);
end $$;
