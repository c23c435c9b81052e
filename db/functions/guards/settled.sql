-- At commit money agrees with state: live <=> hold open, succeeded <=> capture, failed or canceled <=> release. Asked from
-- both sides: when a generation changes, and when a hold ends. What ends a hold names the hold of its own generation.
create or replace function assert_settled() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_id text;
  v_state text;
  v_kinds text[];
  v_wanted text[];
begin
  if tg_table_name = 'generations' then
    v_id := new.id;
  else
    v_id := new.generation_id;
    if not exists (select 1 from ledger_transactions
                    where id = new.resolves and kind = 'reserve' and generation_id = v_id) then
      raise exception 'ledger transaction % ends what is not the hold of generation %', new.id, v_id using errcode = '23514';
    end if;
  end if;
  select state into v_state from generations where id = v_id;
  select coalesce(array_agg(kind), '{}') into v_kinds
    from ledger_transactions where generation_id = v_id and kind in ('capture', 'release');
  v_wanted := case when v_state = 'succeeded' then '{capture}' when v_state in ('failed', 'canceled') then '{release}' else '{}' end;
  if v_kinds <> v_wanted then
    raise exception 'generation % is % but its hold is %', v_id, v_state, coalesce(nullif(array_to_string(v_kinds, ', '), ''), 'open')
      using errcode = '23514';
  end if;
  if not exists (select 1 from ledger_transactions where generation_id = v_id and kind = 'reserve') then
    raise exception 'generation % has no hold', v_id using errcode = '23514';
  end if;
  return null;
end $$;
drop trigger if exists generations_settled on generations;
create constraint trigger generations_settled after insert or update of state on generations
  deferrable initially deferred for each row execute function assert_settled();
drop trigger if exists ledger_transactions_settled on ledger_transactions;
create constraint trigger ledger_transactions_settled after insert on ledger_transactions
  deferrable initially deferred for each row when (new.kind in ('capture', 'release'))
  execute function assert_settled();
