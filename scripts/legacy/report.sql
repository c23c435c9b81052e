-- The predecessor's own rows, what is here for them, and what waits. They must agree, line by line.
with theirs as (
  select d.id, coalesce(t.waits, false) as waits, s.state, case s.state when 'succeeded' then coalesce(c.amount, 0) else 0 end as charge
    from legacy_flux_data d
    left join legacy_task t on t.legacy_id = d.id
    left join legacy_charge c on c.flux_id = d.id,
         lateral (select case lower(btrim(d.task_status))
           when 'succeeded' then 'succeeded' when 'success' then 'succeeded' when 'completed' then 'succeeded'
           when 'canceled' then 'canceled' when 'cancelled' then 'canceled' when 'aborted' then 'canceled' else 'failed' end as state) s
), ours as (
  select g.id, g.state, g.unit, case g.unit when 'credit' then g.captured_amount else 0 end as charge, t.legacy_id
    from legacy_task t join generations g on g.id = t.id
), people as (
  select o.legacy_id, o.user_id, greatest(coalesce(sum(c.credit), 0), 0) as credits
    from legacy_owner o left join legacy_user_credit c on c.user_id = o.legacy_id group by o.legacy_id, o.user_id
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
         where exists (select from ledger_accounts a where a.user_id = o.user_id and a.kind = 'available' and a.unit = 'credit')) as ours,
       (select count(*) from people where user_id is null) as waiting
union all
select 'generations', (select count(*) from theirs), (select count(*) from ours), (select count(*) from theirs where waits)
union all
select '  ' || s, (select count(*) from theirs where state = s), (select count(*) from ours where state = s),
       (select count(*) from theirs where state = s and waits)
  from unnest(array['succeeded', 'failed', 'canceled']) s
union all
select '  ended and charged as there', (select count(*) from theirs),
       (select count(*) from theirs t join ours o on o.legacy_id = t.id where (o.state, o.charge) = (t.state, t.charge)),
       (select count(*) from theirs where waits)
union all
select 'credits charged for pictures',
       (select coalesce(sum(charge), 0) from theirs),
       (select coalesce(sum(amount), 0) from taken),
       (select coalesce(sum(charge), 0) from theirs where waits)
union all
select 'credits left to people',
       (select coalesce(sum(greatest(credit, 0)), 0) from (select sum(credit) as credit from legacy_user_credit group by user_id) p),
       (select amount from grants) - (select coalesce(sum(amount), 0) from taken),
       (select coalesce(sum(credits), 0) from people where user_id is null)
union all
select 'gift codes', (select count(*) from legacy_gift_code where credit_amount > 0),
       (select count(*) from legacy_gift_code l join redeem_codes c on c.id = 'cod_legacy_' || l.id), 0
union all
-- What was redeemed here is no difference. That somebody has used it there, too, is told below.
select 'credits of gift codes still good',
       (select coalesce(sum(credit_amount), 0) from legacy_gift_code
         where credit_amount > 0 and not coalesce(used, false) and coalesce(expired_at > now(), true)),
       (select coalesce(sum(amount), 0) from legacy_code where is_open or (is_redeemed and is_good_there)), 0;

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
  select 'generations have not ended there yet; the next run looks again', count(*), sum(charged)
    from legacy_task where waits and user_id is not null and never_ended
  union all
  select 'generations were paid for there with credits that were spent here, too; they wait for ops:grant', count(*), sum(charged)
    from legacy_task where waits and user_id is not null and not never_ended
  union all
  select 'generations never ended there; here they failed', count(*), sum(charged) from legacy_task where never_ended and not waits
  union all
  select 'generations ended or were charged otherwise there once they were here; here they stay as they came', count(*),
         sum(abs(t.credits - case t.state when 'succeeded' then t.charged else 0 end))
    from legacy_task t join generations g on g.id = t.id
   where (g.state, t.credits) <> (t.state, case t.state when 'succeeded' then t.charged else 0 end)
  union all
  select 'generations failed there and were charged all the same', count(*), sum(charged)
    from legacy_task where state <> 'succeeded' and not never_ended and charged > 0
  union all
  select 'gift codes give nothing; they were left out', count(*), null from legacy_gift_code where credit_amount <= 0
  union all
  select 'gift codes were used there and redeemed here, too', count(*), sum(amount) from legacy_code where is_used and is_redeemed
  union all
  select 'pictures are not in this storage', count(*), null
    from legacy_task t join assets a on a.generation_id = t.id where a.purged_at is not null
) n where count > 0;

-- Whose address another account has here than the one that their books are in, or are to come in.
select legacy_id as "legacyId", address_user_id as "accountId", user_id as "ownerId"
  from legacy_owner where address_user_id <> user_id or (address_user_id is not null and user_id is null) order by legacy_id;
