-- An operator's gift, once per key.
-- Outcomes: granted {available} | already {available} | not_found
create or replace function grant_credits(
  p_user_id text, p_amount bigint, p_key text, p_actor text, p_reason text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_wallet ledger_accounts := lock_wallet(p_user_id);
begin
  if v_wallet.id is null or v_wallet.closed_at is not null then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if p_amount not between 1 and 1000000 then
    raise exception 'a grant is of 1 to 1,000,000 credits' using errcode = '22023';
  end if;
  if grant_to_account(v_wallet.id, 'credit', p_amount, 'grant:' || p_key, p_actor, p_reason) is null then
    return jsonb_build_object('outcome', 'already', 'available', v_wallet.balance);
  end if;
  perform append_audit(p_actor, 'grant', p_user_id, p_reason, jsonb_build_object('amount', p_amount, 'key', p_key));
  return jsonb_build_object('outcome', 'granted', 'available', v_wallet.balance + p_amount);
end $$;
