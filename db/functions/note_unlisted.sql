-- The unanswered create was not among the upstream's recent predictions. Listings are eventually consistent, so only
-- the second empty one, 180 s or more after the send, says it was lost; then one more attempt is allowed.
-- p_number, p_seen: the attempt that was looked for, and how many empty listings it had before this one, so that the same listing
-- counts once and for no other attempt; null for whichever is open, as often as it is said.
-- Outcomes: waiting | retried | settled | already {state}
create or replace function note_unlisted(p_generation_id text, p_number integer, p_seen integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_attempt attempts;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if not found or v_generation.state <> 'unknown' then
    return jsonb_build_object('outcome', 'already', 'state', v_generation.state);
  end if;
  update attempts set empty_listings = empty_listings + 1
   where generation_id = p_generation_id and state = 'unknown'
     and number = coalesce(p_number, number) and empty_listings = coalesce(p_seen, empty_listings)
  returning * into v_attempt;
  if not found or v_attempt.empty_listings < 2 or app_now() < v_attempt.sent_at + interval '180 seconds' then
    return jsonb_build_object('outcome', 'waiting');
  end if;
  update attempts set state = 'lost', answered_at = app_now()
   where generation_id = p_generation_id and number = v_attempt.number;
  perform note_leak('lost', p_generation_id || ':' || v_attempt.number, p_generation_id);
  if v_generation.cancel_requested_at is not null then
    perform settle_generation(p_generation_id, 'canceled', 0, 'cancel', 'canceled');
    return jsonb_build_object('outcome', 'settled', 'userId', v_generation.user_id, 'reason', 'canceled');
  end if;
  if v_attempt.number >= 2 then
    perform settle_generation(p_generation_id, 'failed', 0, 'list', 'provider_unavailable', 'two creates got no answer');
    return jsonb_build_object('outcome', 'settled', 'userId', v_generation.user_id, 'reason', 'provider_unavailable');
  end if;
  perform move_generation(p_generation_id, 'reserved', 'list', app_now());
  return jsonb_build_object('outcome', 'retried', 'userId', v_generation.user_id);
end $$;
