-- Codes that an operator gives away. Only their hashes (hexadecimal) come in; the codes themselves are nowhere. The same hashes
-- again are the same codes, and no second row of the audit.
-- Outcomes: made {count}
create or replace function make_redeem_codes(
  p_code_hashes jsonb, p_amount bigint, p_uses_max integer, p_expires_at timestamptz, p_actor text, p_reason text
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_count integer;
begin
  if p_amount not between 1 and 1000000 then
    raise exception 'a code gives 1 to 1,000,000 credits' using errcode = '22023';
  end if;
  insert into redeem_codes (id, code_hash, amount, uses_max, expires_at, reason, created_at)
  select 'cod_' || replace(gen_random_uuid()::text, '-', ''), decode(hash, 'hex'), p_amount, p_uses_max, p_expires_at,
         p_reason, app_now()
    from jsonb_array_elements_text(p_code_hashes) hash
  on conflict (code_hash) do nothing;
  get diagnostics v_count = row_count;
  if v_count > 0 then
    perform append_audit(p_actor, 'make_codes', 'redeem_codes', p_reason, jsonb_build_object(
      'count', v_count, 'amount', p_amount, 'usesMax', p_uses_max, 'expiresAt', p_expires_at));
  end if;
  return jsonb_build_object('outcome', 'made', 'count', v_count);
end $$;
