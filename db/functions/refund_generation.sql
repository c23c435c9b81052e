-- An operator gives back, once, some or all (p_amount null) of what a generation was charged. What was released was
-- never charged, so there is nothing to refund of it.
-- The order of locks, here and everywhere: a live generation, its person's accounts, ended generations. A settlement comes from
-- the first and an erasure goes to the last, so neither is met half-way.
-- Outcomes: refunded {amount, unit, userId} | already {amount} | not_charged | too_much {captured} | not_found
create or replace function refund_generation(
  p_generation_id text, p_amount bigint, p_actor text, p_reason text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
  v_amount bigint;
begin
  select * into v_generation from generations where id = p_generation_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_generation.terminal_at is null then
    return jsonb_build_object('outcome', 'not_charged');
  end if;
  if (lock_wallet(v_generation.user_id)).closed_at is not null then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  -- Refunds of one person wait for each other at the wallet, and nothing else writes what is read of it here.
  select * into strict v_generation from generations where id = p_generation_id;
  if v_generation.refunded_amount > 0 then
    return jsonb_build_object('outcome', 'already', 'amount', v_generation.refunded_amount);
  end if;
  if coalesce(v_generation.captured_amount, 0) = 0 then
    return jsonb_build_object('outcome', 'not_charged');
  end if;
  v_amount := coalesce(p_amount, v_generation.captured_amount);
  if v_amount not between 1 and v_generation.captured_amount then
    return jsonb_build_object('outcome', 'too_much', 'captured', v_generation.captured_amount);
  end if;
  perform post_movement('refund:' || p_generation_id, 'refund', p_generation_id, p_actor, p_reason, jsonb_build_array(
    jsonb_build_object('account', house_account('revenue', v_generation.unit), 'amount', -v_amount),
    jsonb_build_object('account', v_generation.available_account_id, 'amount', v_amount)));
  update generations set refunded_amount = v_amount where id = p_generation_id;
  perform append_audit(p_actor, 'refund', p_generation_id, p_reason, jsonb_build_object('amount', v_amount));
  return jsonb_build_object(
    'outcome', 'refunded', 'amount', v_amount, 'unit', v_generation.unit, 'userId', v_generation.user_id);
end $$;
