-- A person redeems a code, each person each code once. One that is unknown, used up, expired or switched off is answered in the
-- same way, after a token of the allowance for guesses was taken.
-- Outcomes: redeemed {granted, available} | already {granted, available} | invalid | rate_limited {retryAfterSeconds}
create or replace function redeem_code(
  p_user_id text, p_code_hash bytea, p_signup_credits bigint, p_rate_count integer, p_rate_seconds integer
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_wait_seconds integer := take_rate_token('redeem:' || p_user_id, p_rate_count, p_rate_seconds);
  v_wallet ledger_accounts;
  v_code redeem_codes;
  v_transaction_id text;
begin
  if v_wait_seconds > 0 then
    return jsonb_build_object('outcome', 'rate_limited', 'retryAfterSeconds', v_wait_seconds);
  end if;
  v_wallet := lock_wallet(p_user_id);
  if v_wallet.id is null then
    perform open_wallet(p_user_id, p_signup_credits);
    v_wallet := lock_wallet(p_user_id);
  end if;
  -- The code's lock makes its last use go to one person.
  select * into v_code from redeem_codes where code_hash = p_code_hash for update;
  if not found or v_wallet.closed_at is not null then
    return jsonb_build_object('outcome', 'invalid');
  end if;
  if exists (select 1 from redemptions where code_id = v_code.id and user_id = p_user_id) then
    -- Its amount never changes: so much was given the first time, of which nobody may have heard.
    return jsonb_build_object('outcome', 'already', 'granted', v_code.amount, 'available', v_wallet.balance);
  end if;
  if v_code.expires_at <= app_now()
     or (select count(*) from redemptions where code_id = v_code.id) >= v_code.uses_max
     or exists (select 1 from audit_entries where action = 'end_code' and subject = v_code.id) then
    return jsonb_build_object('outcome', 'invalid');
  end if;
  v_transaction_id := grant_to_account(
    v_wallet.id, 'credit', v_code.amount, 'redeem:' || v_code.id || ':' || p_user_id, 'user:' || p_user_id, 'code');
  insert into redemptions (code_id, user_id, transaction_id, created_at)
  values (v_code.id, p_user_id, v_transaction_id, app_now());
  return jsonb_build_object(
    'outcome', 'redeemed', 'granted', v_code.amount, 'available', v_wallet.balance + v_code.amount);
end $$;
