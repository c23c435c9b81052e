-- What the upstream says of a prediction, from whichever side it came: the create's answer, a webhook, a poll, a
-- listing, a cancel. Idempotent, and safe in any order: a terminal generation never moves again.
-- p_prediction: {id, status: starting|processing|succeeded|failed|canceled, outputs: [url], reason, detail, keyId, providerMs}
-- Outcomes: running {cancel} | store {outputs} | settled {reason} | already {state} |
--   late {state, isLeak} | extra {isNew} | mismatch | not_ours {isNew?}
create or replace function apply_prediction(
  p_prediction jsonb, p_token_hash bytea, p_source text, p_gateway_log_id text default null,
  p_webhook_id text default null
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_prediction_id text := p_prediction ->> 'id';
  v_status text := p_prediction ->> 'status';
  v_generation generations;
  v_attempt attempts;
  v_result jsonb;
begin
  -- A signature does not cover the address, so the token and the prediction must point at the same attempt.
  select * into v_attempt from attempts where prediction_id = v_prediction_id;
  if found then
    -- Null, and so no mismatch, for what a poll found: it has no token.
    if v_attempt.token_hash <> p_token_hash then
      v_result := jsonb_build_object('outcome', 'mismatch', 'generationId', v_attempt.generation_id);
    end if;
  elsif p_token_hash is not null then
    select * into v_attempt from attempts where token_hash = p_token_hash;
  end if;
  if v_attempt.generation_id is null then
    v_result := jsonb_build_object('outcome', 'not_ours');
    if p_source = 'create' then
      -- It is: this process sent it, under a token that another create of the same attempt has replaced since.
      v_result := v_result || jsonb_build_object('isNew', stop_extra(p_prediction, null));
    end if;
  end if;

  if v_result is null then
    select * into strict v_generation from generations where id = v_attempt.generation_id for update;
    select * into strict v_attempt from attempts
     where generation_id = v_attempt.generation_id and number = v_attempt.number;
    v_result := apply_to_generation(v_generation, v_attempt, p_prediction, p_source, p_gateway_log_id)
      || jsonb_build_object('generationId', v_generation.id, 'userId', v_generation.user_id);
  end if;

  if p_webhook_id is not null then
    update webhook_deliveries set processed_at = app_now(), outcome = v_result ->> 'outcome'
     where provider = 'replicate' and webhook_id = p_webhook_id and processed_at is null;
  end if;
  return v_result;
end $$;
