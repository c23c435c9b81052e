-- The heart of apply_prediction, once the attempt is known and the generation's row is locked.
create or replace function apply_to_generation(
  p_generation generations, p_attempt attempts, p_prediction jsonb, p_source text, p_gateway_log_id text
) returns jsonb
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_prediction_id text := p_prediction ->> 'id';
  v_status text := p_prediction ->> 'status';
  v_reason text;
  v_provider_ms integer := p_prediction ->> 'providerMs';
  v_is_terminal boolean := v_status in ('succeeded', 'failed', 'canceled');
  v_other attempts;
begin
  if p_attempt.prediction_id <> v_prediction_id then
    -- A second prediction of one attempt (a gateway retried the create): the first was adopted, this one is stopped.
    return jsonb_build_object('outcome', 'extra', 'isNew', stop_extra(p_prediction, p_generation.id));
  end if;

  if p_attempt.prediction_id is null then
    begin
      update attempts
         set prediction_id = v_prediction_id, state = 'accepted', answered_at = app_now(),
             gateway_log_id = coalesce(p_gateway_log_id, gateway_log_id),
             upstream_key = coalesce(p_prediction ->> 'keyId', upstream_key), provider_ms = v_provider_ms
       where generation_id = p_attempt.generation_id and number = p_attempt.number;
    exception when unique_violation then
      -- Another generation's attempt bound it a moment ago: a cache answered two creates with one prediction.
      return jsonb_build_object('outcome', 'mismatch');
    end;
  elsif (p_gateway_log_id is not null and p_attempt.gateway_log_id is null)
     or (v_provider_ms is not null and p_attempt.provider_ms is null) then
    update attempts
       set gateway_log_id = coalesce(gateway_log_id, p_gateway_log_id), provider_ms = coalesce(provider_ms, v_provider_ms)
     where generation_id = p_attempt.generation_id and number = p_attempt.number;
  end if;

  if p_generation.terminal_at is not null then
    if not v_is_terminal then
      perform stop_predictions(p_generation.id);
    end if;
    return jsonb_build_object(
      'outcome', 'late', 'state', p_generation.state,
      'isLeak', v_status = 'succeeded' and want_late_outputs(p_generation.id, p_prediction -> 'outputs'));
  end if;
  if p_generation.state = 'storing' or (p_attempt.state = 'superseded' and not v_is_terminal) then
    -- The pictures are there; or its word was overtaken by the one that it is over.
    return jsonb_build_object('outcome', 'already', 'state', p_generation.state);
  end if;

  if v_status = 'succeeded' then
    update generations set outputs = p_prediction -> 'outputs' where id = p_generation.id;
    -- Whoever applied it stores the pictures now; the sweeper takes over when nothing came of that.
    perform move_generation(p_generation.id, 'storing', p_source, app_now() + interval '90 seconds', 1);
    perform stop_predictions(p_generation.id, v_prediction_id);
    return jsonb_build_object(
      'outcome', 'store', 'outputs', p_prediction -> 'outputs', 'outputCount', p_generation.output_count);
  end if;

  if v_status in ('failed', 'canceled') then
    select * into v_other from attempts
     where generation_id = p_generation.id and number <> p_attempt.number
       and state in ('sent', 'throttled', 'unknown', 'accepted')
     order by state = 'accepted' desc limit 1;
    -- An attempt given up as lost has spoken after all: of two, the one that still may bring the picture decides. One that
    -- certainly is nowhere yet brings none to somebody who has cancelled.
    if found and not (v_other.state = 'throttled' and p_generation.cancel_requested_at is not null) then
      update attempts set state = 'superseded'
       where generation_id = p_generation.id and number = p_attempt.number;
      if p_generation.state = 'running' and v_other.state <> 'accepted' then
        -- What ran is over, and nothing else runs that could be asked: back to where the other one is.
        update generations set upstream_status = null where id = p_generation.id;
        perform move_generation(
          p_generation.id, case v_other.state when 'sent' then 'dispatching' when 'throttled' then 'reserved' else 'unknown' end,
          p_source, case v_other.state when 'sent' then v_other.sent_at + interval '30 seconds' else app_now() end);
      end if;
      return jsonb_build_object(
        'outcome', 'already', 'state', (select state from generations where id = p_generation.id));
    end if;
    if p_generation.cancel_requested_at is not null and (v_status = 'canceled' or v_other.state = 'throttled') then
      perform settle_generation(p_generation.id, 'canceled', 0, p_source, 'canceled');
      return jsonb_build_object('outcome', 'settled', 'reason', 'canceled');
    end if;
    -- Cancelled by nobody here: by its own time limit or by hand in the provider's dashboard. That is a failure.
    v_reason := coalesce(
      p_prediction ->> 'reason', case v_status when 'canceled' then 'provider_canceled' else 'provider_failed' end);
    perform settle_generation(p_generation.id, 'failed', 0, p_source, v_reason, p_prediction ->> 'detail');
    return jsonb_build_object('outcome', 'settled', 'reason', v_reason);
  end if;

  if p_generation.state <> 'running' then
    perform move_generation(p_generation.id, 'running', p_source, app_now() + interval '5 seconds');
  end if;
  update generations set upstream_status = v_status
   where id = p_generation.id and upstream_status is distinct from v_status
     -- An event that was overtaken must not move the tile's word back.
     and not (upstream_status = 'processing' and v_status = 'starting');
  if p_generation.cancel_requested_at is not null then
    perform stop_predictions(p_generation.id);
  end if;
  return jsonb_build_object('outcome', 'running', 'cancel', p_generation.cancel_requested_at is not null);
end $$;
