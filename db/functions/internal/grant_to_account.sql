-- Mints into one account, once per key. Returns the movement's id; null when nothing moved.
-- An earlier release's returned something else.
drop function if exists grant_to_account(bigint, text, bigint, text, text, text);
create or replace function grant_to_account(
  p_account_id bigint, p_unit text, p_amount bigint, p_key text, p_actor text, p_reason text
) returns text
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if p_amount <= 0 then
    return null;
  end if;
  return post_movement(p_key, 'grant', null, p_actor, p_reason, jsonb_build_array(
    jsonb_build_object('account', house_account('mint', p_unit), 'amount', -p_amount),
    jsonb_build_object('account', p_account_id, 'amount', p_amount)));
end $$;
