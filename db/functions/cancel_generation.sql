-- The person's cancel. Before anything was sent it ends at once; afterwards it is a request, and the upstream's answer
-- decides whether the cancel or the picture came first.
-- Outcomes: settled | requested {predictions: [{id, keyId}]} | finishing | already {state} | not_found
create or replace function cancel_generation(p_user_id text, p_generation_id text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  select * into v_generation from generations
   where id = p_generation_id and user_id = p_user_id and deleted_at is null for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_generation.terminal_at is not null then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  if v_generation.state = 'reserved' then
    perform settle_generation(p_generation_id, 'canceled', 0, 'cancel', 'canceled');
    return jsonb_build_object('outcome', 'settled', 'userId', p_user_id, 'reason', 'canceled');
  end if;
  if v_generation.state = 'storing' then
    return jsonb_build_object('outcome', 'finishing');
  end if;
  update generations set cancel_requested_at = coalesce(cancel_requested_at, app_now()) where id = p_generation_id;
  perform stop_predictions(p_generation_id);
  return jsonb_build_object('outcome', 'requested', 'predictions', (
    select coalesce(jsonb_agg(jsonb_build_object('id', prediction_id, 'keyId', upstream_key)), '[]') from attempts
     where generation_id = p_generation_id and state = 'accepted'));
end $$;
