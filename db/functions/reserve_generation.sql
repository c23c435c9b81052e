-- A submit, whole, in one statement: idempotency, rate, live cap, price check, generation, hold, first event.
-- The lock on the person's credit account is the per-person mutex; people do not wait for each other.
-- p_request: {id, model, upstreamModel, input, prompt, executedPrompt?, promptChange, locale, aspectRatio, widthPixels,
--   heightPixels, outputFormat, outputCount, seed, audience, unit, unitPrice, expectedCost?, referenceId?}
-- p_policy: {signupCredits, freeMonthlyLimit, liveMax, deadlineSeconds, rateCount, rateSeconds, rateKey, referenceHours?,
--   createWaitSeconds?}
-- Outcomes: reserved | replayed | idempotency_conflict | model_paused {sentence} | upstream_unavailable {retryAfterSeconds} |
--   price_changed {cost} | reference_gone | rate_limited | too_many_running | insufficient_credits | monthly_limit | account_closed
create or replace function reserve_generation(
  p_user_id text, p_idempotency_key text, p_request_hash bytea, p_request jsonb, p_policy jsonb
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_now timestamptz := app_now();
  v_id text := p_request ->> 'id';
  v_unit text := p_request ->> 'unit';
  v_held bigint := (p_request ->> 'unitPrice')::bigint * (p_request ->> 'outputCount')::integer;
  v_cost bigint := case when v_unit = 'credit' then v_held else 0 end;
  v_wallet ledger_accounts;
  v_source ledger_accounts;
  v_bucket_id bigint;
  v_held_account_id bigint;
  v_known idempotency_keys;
  v_pause text;
  v_wait_seconds integer;
  v_transaction_id text := 'ltx_' || replace(gen_random_uuid()::text, '-', '');
begin
  v_wallet := lock_wallet(p_user_id);
  if v_wallet.id is null then
    perform open_wallet(p_user_id, (p_policy ->> 'signupCredits')::bigint);
    v_wallet := lock_wallet(p_user_id);
  end if;
  if v_wallet.closed_at is not null then
    return jsonb_build_object('outcome', 'account_closed');
  end if;

  if p_idempotency_key is not null then
    select * into v_known from idempotency_keys where user_id = p_user_id and key = p_idempotency_key;
    if found then
      if v_known.request_hash <> p_request_hash then
        return jsonb_build_object('outcome', 'idempotency_conflict');
      end if;
      return (
        select jsonb_build_object(
          'outcome', 'replayed', 'id', g.id, 'balance', v_wallet.balance,
          'cost', case when g.unit = 'credit' then g.held_amount else 0 end)
          from generations g where g.id = v_known.generation_id);
    end if;
  end if;

  v_pause := coalesce(
    making_pause(), (select sentence from model_pauses where model = p_request ->> 'model'));
  if v_pause is not null then
    return jsonb_build_object('outcome', 'model_paused', 'sentence', v_pause);
  end if;

  -- Nobody's credits are held for what cannot be sent now.
  if (p_policy ->> 'createWaitSeconds')::integer > 0 then
    return jsonb_build_object(
      'outcome', 'upstream_unavailable', 'retryAfterSeconds', (p_policy ->> 'createWaitSeconds')::integer);
  end if;

  if (p_request ->> 'expectedCost')::bigint <> v_cost then
    return jsonb_build_object('outcome', 'price_changed', 'cost', v_cost);
  end if;

  if p_request ->> 'referenceId' is not null then
    -- The row stays locked until the generation that refers to it is there, so nobody takes it away in between.
    update reference_pictures set due_at = v_now + make_interval(hours => (p_policy ->> 'referenceHours')::integer)
     where id = p_request ->> 'referenceId' and user_id = p_user_id;
    if not found then
      return jsonb_build_object('outcome', 'reference_gone');
    end if;
  end if;

  v_wait_seconds := take_rate_token(
    p_policy ->> 'rateKey', (p_policy ->> 'rateCount')::integer, (p_policy ->> 'rateSeconds')::integer);
  if v_wait_seconds > 0 then
    return jsonb_build_object('outcome', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;

  if (select count(*) from generations where user_id = p_user_id and terminal_at is null)
     >= (p_policy ->> 'liveMax')::integer then
    return jsonb_build_object('outcome', 'too_many_running', 'liveMax', (p_policy ->> 'liveMax')::integer);
  end if;

  if v_unit = 'picture' then
    -- A statement of its own: the bucket it may open is not visible to the one that calls it.
    v_bucket_id := open_bucket(p_user_id, (p_policy ->> 'freeMonthlyLimit')::integer);
    select * into strict v_source from ledger_accounts where id = v_bucket_id for update;
  else
    v_source := v_wallet;
  end if;
  if v_source.balance < v_held then
    return case when v_unit = 'picture'
      then jsonb_build_object('outcome', 'monthly_limit', 'remaining', v_source.balance, 'resetsAt', month_reset_at())
      else jsonb_build_object('outcome', 'insufficient_credits', 'needed', v_held, 'available', v_source.balance) end;
  end if;
  select id into strict v_held_account_id from ledger_accounts
   where user_id = p_user_id and kind = 'held' and unit = v_unit and period = v_source.period;

  insert into generations (
    id, user_id, model, upstream_model, input, reference_id, prompt, executed_prompt, prompt_change, locale, aspect_ratio,
    width_pixels, height_pixels, output_format, output_count, seed, audience, unit, unit_price, held_amount,
    available_account_id, held_account_id, due_at, deadline_at, created_at, changed_at
  ) values (
    v_id, p_user_id, p_request ->> 'model', p_request ->> 'upstreamModel', p_request -> 'input', p_request ->> 'referenceId',
    p_request ->> 'prompt', p_request ->> 'executedPrompt', p_request ->> 'promptChange', p_request ->> 'locale', p_request ->> 'aspectRatio',
    (p_request ->> 'widthPixels')::integer, (p_request ->> 'heightPixels')::integer, p_request ->> 'outputFormat',
    (p_request ->> 'outputCount')::integer, (p_request ->> 'seed')::bigint, p_request ->> 'audience', v_unit,
    (p_request ->> 'unitPrice')::bigint, v_held, v_source.id, v_held_account_id,
    -- The submitting process dispatches at once; the sweeper takes over if that process dies first.
    v_now + interval '5 seconds', v_now + make_interval(secs => (p_policy ->> 'deadlineSeconds')::integer), v_now, v_now
  );
  insert into generation_events (generation_id, version, from_state, to_state, cause, created_at)
  values (v_id, 0, null, 'reserved', 'submit', v_now);
  if p_idempotency_key is not null then
    insert into idempotency_keys (user_id, key, request_hash, generation_id, created_at)
    values (p_user_id, p_idempotency_key, p_request_hash, v_id, v_now);
  end if;
  insert into ledger_transactions (id, idempotency_key, kind, generation_id, actor, reason, created_at)
  values (v_transaction_id, 'reserve:' || v_id, 'reserve', v_id, 'user:' || p_user_id, p_request ->> 'model', v_now);
  insert into ledger_entries (transaction_id, account_id, amount)
  values (v_transaction_id, v_source.id, -v_held), (v_transaction_id, v_held_account_id, v_held);

  return jsonb_build_object(
    'outcome', 'reserved', 'id', v_id, 'balance', v_wallet.balance - v_cost, 'cost', v_cost);
end $$;
