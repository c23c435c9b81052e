-- An operator switches a code off: nobody redeems it from now on, and what it gave stays given. Codes are never rewritten, so what
-- ends one is its row of the audit, which redeem_code looks for.
-- Outcomes: ended | already | not_found
create or replace function end_redeem_code(p_code_id text, p_actor text, p_reason text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_code redeem_codes;
begin
  -- The lock that a redemption takes: each either came before, or sees the end.
  select * into v_code from redeem_codes where id = p_code_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_code.expires_at <= app_now()
     or exists (select 1 from audit_entries where action = 'end_code' and subject = v_code.id) then
    return jsonb_build_object('outcome', 'already');
  end if;
  perform append_audit(p_actor, 'end_code', v_code.id, p_reason);
  return jsonb_build_object('outcome', 'ended');
end $$;
