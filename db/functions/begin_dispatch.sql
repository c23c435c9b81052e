-- reserved -> dispatching, with the attempt written before its request leaves. Only one caller can win.
-- A throttled attempt is sent again under its own number; any other starts a new one. The same token again is the same
-- caller, whose first call was committed and its answer lost: nothing has left yet, so it is told to send once more.
-- Outcomes: send {number, model, upstreamModel, input, referenceId, prompt, promptChange, isPromptSettled, locale,
--   outputCount, deadlineAt, secondsLeft, userId} | stop {state}
create or replace function begin_dispatch(p_generation_id text, p_token_hash bytea) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_number integer;
  v_seconds_left double precision;
begin
  select * into v_generation from generations where id = p_generation_id for update;
  if v_generation.state = 'dispatching' then
    select number into v_number from attempts
     where generation_id = p_generation_id and state = 'sent' and token_hash = p_token_hash;
  end if;
  if v_number is null then
    if v_generation.state is distinct from 'reserved' then
      return jsonb_build_object('outcome', 'stop', 'state', v_generation.state);
    end if;
    -- Nothing of the answer that put it off is this create's.
    update attempts
       set state = 'sent', token_hash = p_token_hash, sent_at = app_now(), detail = null, answered_at = null,
           gateway_log_id = null, empty_listings = 0
     where generation_id = p_generation_id and state = 'throttled'
    returning number into v_number;
    if not found then
      select coalesce(max(number), 0) + 1 into v_number from attempts where generation_id = p_generation_id;
      insert into attempts (generation_id, number, token_hash, state, sent_at)
      values (p_generation_id, v_number, p_token_hash, 'sent', app_now());
    end if;
    -- Should this process die now, the sweeper calls the attempt unknown after the longest time a create may take.
    perform move_generation(p_generation_id, 'dispatching', 'dispatch', app_now() + interval '30 seconds');
  end if;
  -- By the database's clock: how long it may still leave before somebody else takes it for unanswered, or it expires.
  select extract(epoch from due_at - app_now()) into v_seconds_left from generations where id = p_generation_id;
  return jsonb_build_object(
    'outcome', 'send', 'number', v_number, 'userId', v_generation.user_id, 'model', v_generation.model,
    'upstreamModel', v_generation.upstream_model, 'input', v_generation.input, 'referenceId', v_generation.reference_id,
    'prompt', v_generation.input ->> 'prompt', 'promptChange', v_generation.prompt_change,
    'isPromptSettled', v_generation.executed_prompt is not null, 'locale', v_generation.locale,
    'outputCount', v_generation.output_count, 'deadlineAt', v_generation.deadline_at,
    'secondsLeft', v_seconds_left);
end $$;
