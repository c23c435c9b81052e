-- A person's money at one snapshot: credits, what is held, this month's free pictures, and what the newest submit costs.
create or replace function read_balance(
  p_user_id text, p_signup_credits bigint, p_free_monthly_limit integer
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_period text := to_char(app_now() at time zone 'utc', 'YYYY-MM');
  v_balances jsonb;
begin
  -- The wallet's accounts are the first that anybody has.
  if not exists (select 1 from ledger_accounts where user_id = p_user_id) then
    perform open_wallet(p_user_id, p_signup_credits);
  end if;
  select jsonb_object_agg(kind || '_' || unit, balance) into v_balances from ledger_accounts
   where user_id = p_user_id and period in ('', v_period);
  return jsonb_build_object(
    'available', v_balances -> 'available_credit', 'held', v_balances -> 'held_credit',
    'freeRemaining', coalesce((v_balances ->> 'available_picture')::bigint, p_free_monthly_limit),
    'freeMonthlyLimit', p_free_monthly_limit, 'freeResetsAt', month_reset_at(),
    'lastCost', coalesce((select case unit when 'credit' then held_amount else 0 end from generations
                           where user_id = p_user_id and deleted_at is null
                           order by created_at desc, id desc limit 1), 0));
end $$;
