-- An operator's limit on what providers may bill in a day, millionths of a US dollar, with the sentence that people read once
-- it is reached; null ends it. It is counted anew at once. The same limit twice is one act, and one row of the audit.
-- Outcomes: limited | unlimited
create or replace function limit_spend(p_limit_microusd bigint, p_sentence text, p_actor text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if p_limit_microusd is null then
    delete from spend_limits where period = 'day';
    if found then
      perform append_audit(p_actor, 'unlimit_spend', 'day', 'no limit');
    end if;
    return jsonb_build_object('outcome', 'unlimited');
  end if;
  insert into spend_limits (period, limit_microusd, sentence, actor, created_at, count_due_at)
  values ('day', p_limit_microusd, p_sentence, p_actor, app_now(), app_now())
  on conflict (period) do update
    set limit_microusd = excluded.limit_microusd, sentence = excluded.sentence, actor = excluded.actor,
        created_at = excluded.created_at, count_due_at = excluded.count_due_at
    where (spend_limits.limit_microusd, spend_limits.sentence) <> (excluded.limit_microusd, excluded.sentence);
  if found then
    perform append_audit(
      p_actor, 'limit_spend', 'day', p_sentence, jsonb_build_object('limitMicrousd', p_limit_microusd));
  end if;
  return jsonb_build_object('outcome', 'limited');
end $$;
