-- A person's credit accounts and sign-up grant, once. Called after sign-up, and again by whatever finds them missing
-- (a crash between the two leaves a person without a wallet for a moment, never without the grant).
create or replace function open_wallet(
  p_user_id text, p_signup_credits bigint, p_first_account_is_operator boolean default false
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  insert into ledger_accounts (user_id, kind, unit, period, is_materialised, created_at)
  values (p_user_id, 'available', 'credit', '', true, app_now()), (p_user_id, 'held', 'credit', '', true, app_now())
  on conflict do nothing;
  perform grant_to_account((lock_wallet(p_user_id)).id, 'credit', p_signup_credits, 'signup:' || p_user_id, 'system', 'signup');
  if p_first_account_is_operator then
    perform pg_advisory_xact_lock(hashtext('sunprint.first_operator'));
    update users set role = 'operator'
     where id = p_user_id and not exists (select 1 from users where role = 'operator');
  end if;
  return jsonb_build_object('outcome', 'open');
end $$;
