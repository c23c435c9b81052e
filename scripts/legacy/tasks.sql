-- So many generations, whole: row, hold, its end, events, attempt, picture. One transaction, every guard in place.
create temporary table batch as
select t.*, a.id as available_id, h.id as held_id,
       (select id from ledger_accounts where user_id is null and kind = 'revenue' and unit = t.unit) as revenue_id,
       case t.state when 'succeeded' then t.price else 0 end as captured
  from legacy_task t
  join ledger_accounts a on a.user_id = t.user_id and a.kind = 'available' and a.unit = t.unit
   and a.period = case t.unit when 'credit' then '' else '0000-00' end
  join ledger_accounts h on h.user_id = a.user_id and h.kind = 'held' and h.unit = a.unit and h.period = a.period
 where t.is_new and t.place between current_setting('legacy.first')::bigint and current_setting('legacy.last')::bigint
 order by t.place;
-- Before an entry draws its id, as post_movement has it: the studio may be running.
select count(*) from (
  select from ledger_accounts where id in (select unnest(array[available_id, held_id]) from batch) order by id for update) locked;
insert into generations (
  id, user_id, state, version, model, upstream_model, input, prompt, executed_prompt, prompt_change, locale, aspect_ratio,
  width_pixels, height_pixels, output_format, output_count, seed, unit, unit_price, held_amount, captured_amount,
  available_account_id, held_account_id, failure_reason, deadline_at, created_at, changed_at, terminal_at)
select id, user_id, state, case state when 'succeeded' then 2 else 1 end, model, upstream_model, '{}', prompt, executed_prompt,
       case when coalesce(executed_prompt, prompt) = prompt then 'none' when prompt ~ '[^\x01-\x7f]' then 'translated' else 'improved' end,
       locale, aspect_ratio, width, height, format, 1, seed, unit, price, price, captured, available_id, held_id,
       case when state = 'failed' then case when never_ended then 'timed_out' else 'provider_failed' end end,
       created_at + interval '15 minutes', created_at, ended_at, ended_at
  from batch order by place;
insert into ledger_transactions (id, idempotency_key, kind, generation_id, actor, reason, created_at)
select 'ltx_legacy_r' || legacy_id, 'reserve:' || id, 'reserve', id, 'user:' || user_id, model, created_at from batch order by place;
insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason, created_at)
select 'ltx_legacy_s' || legacy_id, 'settle:' || id, case state when 'succeeded' then 'capture' else 'release' end, id,
       'ltx_legacy_r' || legacy_id, 'system', case state when 'succeeded' then model when 'canceled' then 'canceled'
       when 'failed' then case when never_ended then 'timed_out' else 'provider_failed' end end, ended_at
  from batch order by place;
insert into ledger_entries (transaction_id, account_id, amount)
select 'ltx_legacy_' || side || legacy_id, account, amount
  from batch, lateral (values
    (1, 'r', available_id, -price), (2, 'r', held_id, price), (3, 's', held_id, -price), (4, 's', revenue_id, captured),
    (5, 's', available_id, price - captured)) e (step, side, account, amount)
 where amount <> 0 order by place, step;
insert into generation_events (generation_id, version, from_state, to_state, cause, created_at)
select id, version, from_state, to_state, cause, case version when 0 then created_at else ended_at end
  from batch, lateral (values
    (0, null, 'reserved', 'submit'),
    (1, 'reserved', case state when 'succeeded' then 'storing' else state end, 'system'),
    (2, 'storing', 'succeeded', 'system')) e (version, from_state, to_state, cause)
 where version < 2 or state = 'succeeded' order by place, version;
insert into attempts (generation_id, number, token_hash, state, prediction_id, sent_at, answered_at)
select id, 1, sha256(convert_to('legacy:' || id, 'UTF8')), 'accepted', prediction_id, created_at, created_at
  from batch where prediction_id is not null order by place
on conflict do nothing;
-- Paid for, and not here: the file is the predecessor's still.
insert into assets (
  id, generation_id, position, storage_key, content_type, size_bytes, content_hash, width_pixels, height_pixels, created_at,
  deleted_at, purged_at)
select 'img_legacy_' || legacy_id, id, 0, 'legacy/' || legacy_id, 'image/' || case format when 'jpg' then 'jpeg' else format end, 0, '',
       width, height, ended_at, now(), now()
  from batch where state = 'succeeded' order by place;
drop table batch;
