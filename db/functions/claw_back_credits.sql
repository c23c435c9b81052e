-- Takes credits back that should not have been given, once per key: as many as are there, never more. What was spent
-- meanwhile is the house's loss and is written off, so that mint still tells what was given in the end.
-- Outcomes: taken {taken, writtenOff, available} | already {available} | not_found
create or replace function claw_back_credits(
  p_user_id text, p_amount bigint, p_key text, p_actor text, p_reason text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_wallet ledger_accounts := lock_wallet(p_user_id);
  v_taken bigint;
begin
  if v_wallet.id is null then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if p_amount not between 1 and 1000000 then
    raise exception 'a claw-back is of 1 to 1,000,000 credits' using errcode = '22023';
  end if;
  v_taken := least(v_wallet.balance, p_amount);
  if post_movement('claw_back:' || p_key, 'adjust', null, p_actor, p_reason, jsonb_build_array(
       jsonb_build_object('account', v_wallet.id, 'amount', -v_taken),
       jsonb_build_object('account', house_account('writeoff', 'credit'), 'amount', v_taken - p_amount),
       jsonb_build_object('account', house_account('mint', 'credit'), 'amount', p_amount))) is null then
    return jsonb_build_object('outcome', 'already', 'available', v_wallet.balance);
  end if;
  perform append_audit(p_actor, 'claw_back', p_user_id, p_reason, jsonb_build_object(
    'amount', p_amount, 'taken', v_taken, 'key', p_key));
  return jsonb_build_object(
    'outcome', 'taken', 'taken', v_taken, 'writtenOff', p_amount - v_taken, 'available', v_wallet.balance - v_taken);
end $$;
