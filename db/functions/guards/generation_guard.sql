-- What was agreed at submit never changes, states follow the table of transitions, and versions count the changes.
create or replace function guard_generation() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if (new.id, new.user_id, new.model, new.unit, new.unit_price, new.output_count, new.held_amount,
      new.available_account_id, new.held_account_id, new.seed, new.reference_id, new.created_at)
     is distinct from
     (old.id, old.user_id, old.model, old.unit, old.unit_price, old.output_count, old.held_amount,
      old.available_account_id, old.held_account_id, old.seed, old.reference_id, old.created_at)
     -- The words may be erased once it lies in the bin, and never be changed into others.
     or (new.prompt <> old.prompt and (new.prompt <> '' or new.deleted_at is null or old.terminal_at is null)) then
    raise exception 'generation %: what was agreed at submit is fixed', old.id using errcode = '42501';
  end if;
  if old.terminal_at is not null and (new.terminal_at, new.captured_amount, new.failure_reason)
     is distinct from (old.terminal_at, old.captured_amount, old.failure_reason) then
    raise exception 'generation % has ended', old.id using errcode = '42501';
  end if;
  if (old.refunded_amount <> 0 and new.refunded_amount <> old.refunded_amount)
     or (old.late_at is not null and new.late_at is distinct from old.late_at) then
    raise exception 'generation %: a refund and late pictures come once', old.id using errcode = '42501';
  end if;
  if new.state <> old.state then
    if not exists (select 1 from generation_transitions where from_state = old.state and to_state = new.state) then
      raise exception 'generation %: no way from % to %', old.id, old.state, new.state using errcode = '23514';
    end if;
    new.version := old.version + 1;
  elsif new.version <> old.version then
    raise exception 'generation %: versions count changes of state', old.id using errcode = '42501';
  end if;
  if (new.state, new.upstream_status, new.executed_prompt, new.cancel_requested_at, new.canceled_by_operator,
      new.audience, new.deleted_at, new.late_at, new.refunded_amount)
     is distinct from
     (old.state, old.upstream_status, old.executed_prompt, old.cancel_requested_at, old.canceled_by_operator,
      old.audience, old.deleted_at, old.late_at, old.refunded_amount) then
    new.changed_at := app_now();
  end if;
  return new;
end $$;
create or replace trigger generations_guard before update on generations
  for each row execute function guard_generation();

create or replace function forbid_generation_loss() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
begin
  raise exception 'generations carry the ledger''s reasons and are never removed' using errcode = '42501';
end $$;
create or replace trigger generations_no_delete before delete on generations
  for each row execute function forbid_generation_loss();
create or replace trigger generations_no_truncate before truncate on generations
  for each statement execute function forbid_generation_loss();
