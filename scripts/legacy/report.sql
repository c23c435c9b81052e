-- The predecessor's own rows, and what is here for them. The two must agree, line by line.
with theirs as (
  select case lower(btrim(task_status)) when 'succeeded' then 'succeeded' when 'success' then 'succeeded' when 'completed' then 'succeeded'
           when 'canceled' then 'canceled' when 'cancelled' then 'canceled' when 'aborted' then 'canceled' else 'failed' end as state, id
    from legacy_flux_data
), ours as (
  select g.id, g.state, g.unit, g.captured_amount, t.legacy_id
    from legacy_task t join generations g on g.id = t.id
), taken as (
  select o.legacy_id, e.amount
    from ours o
    join ledger_transactions t on t.generation_id = o.id and t.kind = 'capture'
    join ledger_entries e on e.transaction_id = t.id and e.amount > 0
   where o.unit = 'credit'
), grants as (
  select coalesce(sum(e.amount), 0) as amount
    from ledger_transactions t
    join ledger_entries e on e.transaction_id = t.id and e.amount > 0
    join ledger_accounts a on a.id = e.account_id and a.unit = 'credit'
   where t.kind = 'grant' and t.reason = 'legacy'
)
select 'people' as line,
       (select count(*) from (select user_id from legacy_user_credit union select user_id from legacy_flux_data) p) as theirs,
       (select count(*) from legacy_owner o
         where exists (select from ledger_accounts a where a.user_id = o.user_id and a.kind = 'available' and a.unit = 'credit')) as ours
union all
select 'generations', (select count(*) from theirs), (select count(*) from ours)
union all
select '  ' || s, (select count(*) from theirs where state = s), (select count(*) from ours where state = s)
  from unnest(array['succeeded', 'failed', 'canceled']) s
union all
select 'credits charged for pictures',
       (select coalesce(sum(c.amount), 0) from legacy_charge c join theirs t on t.id = c.flux_id where t.state = 'succeeded'),
       (select coalesce(sum(amount), 0) from taken)
union all
select 'credits left to people',
       (select coalesce(sum(greatest(credit, 0)), 0) from (select sum(credit) as credit from legacy_user_credit group by user_id) p),
       (select amount from grants) - (select coalesce(sum(amount), 0) from taken)
union all
select 'gift codes', (select count(*) from legacy_gift_code where credit_amount > 0),
       (select count(*) from legacy_gift_code l join redeem_codes c on c.id = 'cod_legacy_' || l.id)
union all
select 'credits of unused gift codes', (select coalesce(sum(credit_amount), 0) from legacy_gift_code where credit_amount > 0 and not coalesce(used, false)),
       (select coalesce(sum(c.amount), 0) from legacy_gift_code l join redeem_codes c on c.id = 'cod_legacy_' || l.id where not coalesce(l.used, false));

-- What the predecessor's books themselves leave to be said.
select * from (
  select 'people owe credits there; here they begin at nothing' as note, count(*) as count, -coalesce(sum(credit), 0) as credits
    from (select sum(credit) as credit from legacy_user_credit group by user_id having sum(credit) < 0) p
  union all
  select 'people have more than one balance there; they were added up', count(*), sum(credit)
    from (select sum(credit) as credit from legacy_user_credit group by user_id having count(*) > 1) p
  union all
  select 'people''s transactions do not add up to their balance there', count(*), sum(abs(c.credit - coalesce(t.credit, 0)))
    from (select user_id, sum(credit) as credit from legacy_user_credit group by user_id) c
    left join (select user_id, sum(credit) as credit from legacy_user_credit_transaction group by user_id) t using (user_id)
   where c.credit <> coalesce(t.credit, 0)
  union all
  select 'generations never ended there; here they failed', count(*), sum(charged) from legacy_task where never_ended
  union all
  select 'generations failed there and were charged all the same', count(*), sum(charged)
    from legacy_task where state <> 'succeeded' and not never_ended and charged > 0
  union all
  select 'gift codes give nothing; they were left out', count(*), null from legacy_gift_code where credit_amount <= 0
  union all
  select 'pictures are not in this storage', count(*), null
    from legacy_task t join assets a on a.generation_id = t.id where a.purged_at is not null
) n where count > 0;
