-- Accounts and opening grants, in one transaction. A second run adds only what has come in since.
insert into ledger_accounts (user_id, kind, unit, period, is_materialised, created_at)
select b.user_id, a.kind, 'credit', '', true, coalesce(min(b.began_at), now())
  from legacy_balance b, unnest(array['available', 'held']) a (kind)
 group by b.user_id, a.kind order by b.user_id, a.kind
on conflict do nothing;
insert into ledger_accounts (user_id, kind, unit, period, is_materialised, created_at)
select t.user_id, a.kind, 'picture', '0000-00', true, min(t.created_at)
  from legacy_task t, unnest(array['available', 'held']) a (kind)
 where t.unit = 'picture' and t.is_new group by t.user_id, a.kind order by t.user_id, a.kind
on conflict do nothing;
-- Before an entry draws its id, as post_movement has it: the studio may be running.
select count(*) from (
  select from ledger_accounts
   where kind = 'available' and user_id in (select user_id from legacy_balance union select user_id from legacy_task where is_new)
   order by id for update) locked;

create temporary table opening as
select 'ltx_' || replace(gen_random_uuid()::text, '-', '') as id, o.*
  from (
    select b.user_id, a.id as account_id, 'credit' as unit, b.wanted - b.before as amount, b.began_at,
           -- Somebody new gets it in the place of the gift for signing up, which nobody is to have besides.
           case when b.user_id = b.legacy_id
                 and not exists (select from ledger_transactions t where t.idempotency_key = 'signup:' || b.user_id)
                then 'signup:' || b.user_id else format('legacy:%s:%s', b.legacy_id, b.before) end as key
      from legacy_balance b
      join ledger_accounts a on a.user_id = b.user_id and a.kind = 'available' and a.unit = 'credit'
    union all
    -- As many as were made for nothing, and one that each failure takes and gives back.
    select n.user_id, a.id, 'picture', n.needed - a.balance, n.began_at,
           format('legacy-pictures:%s:%s', a.id, (select coalesce(max(e.id), 0) from ledger_entries e where e.account_id = a.id))
      from (select user_id, min(created_at) as began_at,
                   count(*) filter (where state = 'succeeded') + (count(*) filter (where state <> 'succeeded') > 0)::int as needed
              from legacy_task where unit = 'picture' and is_new group by user_id) n
      join ledger_accounts a on a.user_id = n.user_id and a.kind = 'available' and a.period = '0000-00') o
 where o.amount > 0;
insert into ledger_transactions (id, idempotency_key, kind, actor, reason, created_at)
select id, key, 'grant', current_setting('legacy.actor'), 'legacy', coalesce(began_at, now()) from opening order by account_id;
insert into ledger_entries (transaction_id, account_id, amount)
select o.id, account, change
  from opening o
  join ledger_accounts m on m.user_id is null and m.kind = 'mint' and m.unit = o.unit and m.period = '',
       lateral (values (m.id, -o.amount), (o.account_id, o.amount)) e (account, change)
 order by o.account_id, change;
drop table opening;
-- Who has spent here what they paid with there has too little left for it: that waits, or it would stop everybody's.
update legacy_task set is_new = false, waits = true
 where is_new and unit = 'credit' and user_id in (
   select a.user_id
     from (select user_id, sum(price) as price from legacy_task where is_new and unit = 'credit' group by user_id) t
     join ledger_accounts a on a.user_id = t.user_id and a.kind = 'available' and a.unit = 'credit'
    where a.balance < t.price);
