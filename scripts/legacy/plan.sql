-- What each row of the predecessor becomes here. Of ours, only people are written.
analyze legacy_flux_data; analyze legacy_user_billing;

-- What an earlier run has given, and to whom: books stay with whoever they went to first.
create temporary table legacy_grant as
select case when t.idempotency_key like 'signup:%' then substr(t.idempotency_key, 8)
            else substring(t.idempotency_key from '^legacy:(.*):\d+$') end as legacy_id, a.user_id, sum(e.amount) as amount
  from ledger_transactions t
  join ledger_entries e on e.transaction_id = t.id and e.amount > 0
  join ledger_accounts a on a.id = e.account_id and a.unit = 'credit'
 where t.kind = 'grant' and t.reason = 'legacy'
 group by 1, 2;

-- People with an address can sign in here; the others' books wait under their old id.
insert into users (id, name, email, email_verified)
select p.id, split_part(p.email, '@', 1), p.email, true
  from legacy_people p
 where (exists (select from legacy_user_credit c where c.user_id = p.id) or exists (select from legacy_flux_data d where d.user_id = p.id))
   and not exists (select from ledger_accounts a where a.user_id = p.id and a.closed_at is not null)
 order by p.id
on conflict do nothing;

-- Whose books these are here: the person of that address, or somebody new under the old id. Nobody's yet where an account has the
-- address and has not shown that it is theirs: whoever signs up may write any.
create temporary table legacy_owner as
select o.user_id as legacy_id, u.id as address_user_id,
       coalesce(g.user_id, h.user_id, case when u.id is null then o.user_id
                                           when u.email_verified or u.id = p.account_id then u.id end) as user_id
  from (select user_id from legacy_user_credit union select user_id from legacy_flux_data) o
  left join legacy_grant g on g.legacy_id = o.user_id
  left join (select d.user_id as legacy_id, min(t.user_id) as user_id
               from legacy_flux_data d join generations t on t.id = 'gen_legacy_' || d.id group by d.user_id) h on h.legacy_id = o.user_id
  left join legacy_people p on p.id = o.user_id
  left join users u on u.email = p.email;

-- What was taken for each picture and kept: withdrawals without those that came back or never went through.
create temporary table legacy_charge as
select flux_id, greatest(0, sum(case lower(btrim(type)) when 'withdraw' then abs(amount) when 'refund' then -abs(amount) else 0 end)) as amount
  from legacy_user_billing
 where flux_id is not null
   and lower(btrim(coalesce(state, ''))) not in ('failed', 'error', 'pending', 'processing', 'canceled', 'cancelled')
 group by flux_id;

create temporary table legacy_task as
select f.*, 'gen_legacy_' || f.legacy_id as id, row_number() over (order by f.created_at, f.legacy_id) as place,
       w.waits, g.id is null and not w.waits as is_new,
       -- What is here stays as it came, whatever became of it there since.
       case when g.id is not null then case g.unit when 'credit' then g.captured_amount else 0 end
            when f.state = 'succeeded' and not w.waits then f.charged else 0 end as credits,
       -- A charge for a picture that was made is a charge here. What was free, and what failed, is one picture of a bucket before
       -- all months, which no balance shows: a failure's credits came back long ago, and need not be there a second time.
       coalesce(g.unit, case when f.state = 'succeeded' and f.charged > 0 then 'credit' else 'picture' end) as unit,
       coalesce(g.unit_price, case when f.state = 'succeeded' and f.charged > 0 then f.charged else 1 end) as price
  from (
    select d.id as legacy_id, d.user_id as legacy_user_id, o.user_id, coalesce(c.amount, 0) as charged,
           case lower(btrim(d.task_status))
             when 'succeeded' then 'succeeded' when 'success' then 'succeeded' when 'completed' then 'succeeded'
             when 'canceled' then 'canceled' when 'cancelled' then 'canceled' when 'aborted' then 'canceled'
             else 'failed' end as state,
           lower(btrim(d.task_status)) not in (
             'succeeded', 'success', 'completed', 'canceled', 'cancelled', 'aborted', 'failed', 'error') as never_ended,
           nullif(d.replicate_id, '') as prediction_id, coalesce(d.input_prompt, '') as prompt,
           nullif(d.execute_prompt, '') as executed_prompt, nullif(d.image_url, '') as image_url,
           coalesce(m.id, d.model, 'unknown') as model, coalesce(m.upstream, d.model, 'unknown') as upstream_model,
           coalesce(d.locale, 'en') as locale, coalesce(s.ratio, '1:1') as aspect_ratio,
           coalesce(s.width, 1024) as width, coalesce(s.height, 1024) as height,
           coalesce(lower(substring(d.image_url from '\.(webp|jpg|png)(?:\?.*)?$')), 'webp') as format,
           coalesce(d.seed, 0) as seed, coalesce(d.created_at, d.updated_at, now()) as created_at,
           greatest(coalesce(to_timestamp(d.ended_ms / 1000.0), d.updated_at, d.created_at), d.created_at, '-infinity') as ended_at,
           greatest(d.created_at, d.updated_at) as touched_at
      from legacy_flux_data d
      join legacy_owner o on o.legacy_id = d.user_id
      left join legacy_charge c on c.flux_id = d.id
      left join legacy_models m on m.name = lower(d.model)
      left join legacy_shapes s on s.ratio = d.aspect_ratio) f
  left join generations g on g.id = 'gen_legacy_' || f.legacy_id,
       -- What may still end there has no end to bring in; after an hour without one nobody makes it any more.
       lateral (select g.id is null and (f.user_id is null
                  or coalesce(f.never_ended and f.touched_at > now() - interval '1 hour', false)) as waits) w;
create unique index on legacy_task (place);
update legacy_task set ended_at = created_at where ended_at = '-infinity';

-- What must come in altogether for the old balance to be left once every charge is entered.
create temporary table legacy_balance as
select w.legacy_id, w.user_id, min(o.began_at) as began_at, sum(o.wanted) as wanted, coalesce(g.amount, 0) as before
  from (
    select user_id as legacy_id, min(created_at) as began_at, greatest(sum(credit), 0) as wanted from legacy_user_credit group by user_id
    union all
    select legacy_user_id, created_at, credits from legacy_task) o
  join legacy_owner w using (legacy_id)
  left join legacy_grant g using (legacy_id)
 where w.user_id is not null
 group by w.legacy_id, w.user_id, g.amount;
analyze legacy_task; analyze legacy_balance;
