/**
 * What must hold at every moment, one statement each pass over the tables it needs. Every row returned is a violation:
 * (invariant, subject). `npm run db:check` runs them side by side in one snapshot, the sweeper one after the other, once a
 * night. A module and no file of SQL, as a server that was built has no folder to read it from.
 *
 * Grouping millions of rows by their ids takes minutes, so the costly ones first ask a question of sums, `gate`: two lists of
 * rows that must be the same have the same sum of hashes, and other lists practically never do. Only when the sums differ are
 * the rows looked for.
 */
export const INVARIANTS: readonly string[] = [
  `
with gate as materialized (
  -- In every unit the amounts, each weighed by its movement's hash, come to nothing: so does each movement.
  select exists (
           select from ledger_entries e join ledger_accounts a on a.id = e.account_id
            group by a.unit
           having sum(e.amount * hashtext(e.transaction_id)::bigint) <> 0
               or sum(e.amount * (hashtextextended(e.transaction_id, 1) >> 32)) <> 0 or bool_or(e.amount = 0))
      -- What takes from one account takes from just one, save when an operator takes back what is not there any more.
      or (select coalesce(sum(hashtextextended(id, 0)), 0) from ledger_transactions where kind <> 'adjust')
         <> (select coalesce(sum(hashtextextended(transaction_id, 0)), 0) from ledger_entries where amount < 0)
            - (select coalesce(sum(hashtextextended(t.id, 0)), 0)
                 from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.amount < 0 where t.kind = 'adjust')
      or exists (select from ledger_transactions t
                  where kind = 'adjust' and not exists (select from ledger_entries e where e.transaction_id = t.id)) as is_broken
), odd as materialized (
  select e.transaction_id, sum(e.amount) as total, count(*) as sides, min(a.unit) <> max(a.unit) as is_mixed
    from ledger_entries e join ledger_accounts a on a.id = e.account_id
   where (select is_broken from gate)
   group by e.transaction_id having sum(e.amount) <> 0 or count(*) < 2 or min(a.unit) <> max(a.unit)
)
select 'I1 a movement does not sum to zero' as invariant, transaction_id as subject from odd where total <> 0
union all
select 'I2 a movement has fewer than two entries', transaction_id from odd where sides < 2
union all
select 'I2 a movement has no entry', t.id
  from ledger_transactions t
 where (select is_broken from gate) and not exists (select from ledger_entries e where e.transaction_id = t.id)
union all
select 'I25 movements of two units in one', transaction_id from odd where is_mixed`,
  `
select 'I3 the whole ledger is not zero' as invariant, sum(amount)::text as subject from ledger_entries having coalesce(sum(amount), 0) <> 0
union all
select 'I4 a cached balance differs from its entries', a.id::text
  from ledger_accounts a left join ledger_entries e on e.account_id = a.id
 where a.is_materialised group by a.id, a.balance having a.balance <> coalesce(sum(e.amount), 0)
union all
select 'I5 a balance is negative', id::text from ledger_accounts where is_materialised and balance < 0
union all
select 'I6 a balance was negative', id::text from ledger_entries where balance_after < 0
union all
select 'I12 a held balance differs from its live generations', a.id::text
  from ledger_accounts a left join generations g on g.held_account_id = a.id and g.terminal_at is null
 where a.kind = 'held' group by a.id, a.balance having a.balance <> coalesce(sum(g.held_amount), 0)`,
  `
with gate as materialized (
  select (select sum(hashtextextended(generation_id, hashtext(kind)))
            from ledger_transactions where kind in ('reserve', 'capture', 'release'))
         is distinct from (
         select sum(hashtextextended(id, hashtext('reserve'))::numeric + case when terminal_at is null then 0
                  else hashtextextended(id, hashtext(case state when 'succeeded' then 'capture' else 'release' end)) end)
           from generations) as is_broken
), odd as materialized (
  select g.id, g.state, g.terminal_at, count(t.id) filter (where t.kind = 'reserve') as holds,
         count(t.id) filter (where t.kind in ('capture', 'release')) as ends,
         coalesce(bool_or(t.kind = 'capture'), false) as is_captured
    from generations g left join ledger_transactions t on t.generation_id = g.id
   where (select is_broken from gate)
   group by g.id
  having count(t.id) filter (where t.kind = 'reserve') <> 1
      or count(t.id) filter (where t.kind in ('capture', 'release')) <> (g.terminal_at is not null)::int
      or coalesce(bool_or(t.kind = 'capture'), false) <> (g.state = 'succeeded')
)
select 'I7 a generation without exactly one hold' as invariant, id as subject from odd where holds <> 1
union all
select 'I8 an ended generation not settled exactly once', id from odd where terminal_at is not null and ends <> 1
union all
select 'I9 a live generation is settled', id from odd where terminal_at is null and ends > 0
union all
select 'I10 the end of the hold disagrees with the state', id
  from odd where ends > 0 and is_captured <> (state = 'succeeded')`,
  `
with gate as materialized (
  select exists (select from generations where terminal_at is not null and (state = 'succeeded') <> (captured_amount > 0))
      -- What was taken: each amount, weighed by its movement's hash.
      or (select coalesce(sum(amount * hashtext(transaction_id)::bigint), 0) from ledger_entries
           where amount > 0
             and account_id in (select id from ledger_accounts where user_id is null and kind = 'revenue'))
         <> (select coalesce(sum(g.captured_amount * hashtext(t.id)::bigint), 0)
               from ledger_transactions t join generations g on g.id = t.generation_id where t.kind = 'capture')
      -- And what was stored; late pictures are free, and counted one by one.
      or (select count(*) + coalesce(sum(hashtextextended(generation_id, 0)), 0) from assets)
         <> (select coalesce(sum((1 + hashtextextended(id, 0)::numeric) * (captured_amount / unit_price)), 0)
               from generations where captured_amount > 0)
            + (select count(*) + coalesce(sum(hashtextextended(a.generation_id, 0)), 0)
                 from assets a join generations g on g.id = a.generation_id where g.late_at is not null)
      or exists (select from generations g where late_at is not null and not exists (
                   select from assets a where a.generation_id = g.id)) as is_broken
), kept as materialized (
  select g.id, g.state, g.late_at, g.terminal_at, g.captured_amount, g.unit_price, coalesce(a.count, 0) as pictures,
         coalesce(c.amount, 0) as taken
    from generations g
    left join (select generation_id, count(*) from assets group by generation_id) a on a.generation_id = g.id
    left join (
      select t.generation_id, sum(e.amount) as amount
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.amount > 0
       where t.kind = 'capture'
         and e.account_id in (select id from ledger_accounts where user_id is null and kind = 'revenue')
       group by t.generation_id) c on c.generation_id = g.id
   where (select is_broken from gate)
)
select 'I11 the captured amount differs from what was stored' as invariant, id as subject
  from kept
 where terminal_at is not null
   and (taken <> captured_amount
     or captured_amount <> unit_price * case when late_at is null then pictures else 0 end)
union all
select 'I20 succeeded or late without a picture, or pictures of one that is neither', id
  from kept where (state = 'succeeded' or late_at is not null) <> (pictures > 0)`,
  `
with gate as materialized (
  -- Each event begins where the one before it ended, and the last one ends where the generation stands.
  select (select sum(hashtextextended(generation_id, hashtextextended(to_state, version + 1))::numeric
                     - case when from_state is null then 0
                       else hashtextextended(generation_id, hashtextextended(from_state, version)) end)
            from generation_events)
         is distinct from (
         select sum(hashtextextended(id, hashtextextended(state, version + 1))) from generations)
      or exists (select from generation_events where (from_state is null) <> (version = 0)) as is_broken
), step as materialized (
  select * from (
    select generation_id, version, from_state, to_state, row_number() over one - 1 as place, lag(to_state) over one as before
      from generation_events where (select is_broken from gate) window one as (partition by generation_id order by version)) e
   where version <> place or from_state is distinct from before
)
select 'I13 event versions are not contiguous' as invariant, generation_id as subject from step where version <> place
union all
select 'I14 the chain of events is broken', generation_id from step where version = place
union all
select 'I16 the last event differs from the state', g.id
  from generations g left join generation_events e on e.generation_id = g.id and e.version = g.version
 where (select is_broken from gate) and e.to_state is distinct from g.state
union all
select 'I16 an event after the last', e.generation_id
  from generation_events e join generations g on g.id = e.generation_id
 where (select is_broken from gate) and e.version > g.version
union all
select 'I15 an illegal transition was recorded', e.generation_id
  from generation_events e
 where e.from_state is not null
   and not exists (select 1 from generation_transitions t
                    where t.from_state = e.from_state and t.to_state = e.to_state)`,
  `
select 'I17 a live generation that nobody will look at' as invariant, id as subject from generations where terminal_at is null and due_at is null
union all
select 'I18 an idempotency key of another person''s generation', k.key
  from idempotency_keys k join generations g on g.id = k.generation_id where g.user_id <> k.user_id
union all
select 'I19 one prediction on two attempts', prediction_id
  from attempts where prediction_id is not null group by prediction_id having count(*) > 1
union all
select 'I21 a webhook unprocessed for five minutes', webhook_id
  from webhook_deliveries where processed_at is null and received_at < now() - interval '5 minutes'
union all
select 'I22 an effect overdue by five minutes', id::text
  from outbox where done_at is null and dead_at is null and due_at < now() - interval '5 minutes'
union all
select 'I23 live two minutes past its deadline', id
  from generations where terminal_at is null and deadline_at < now() - interval '2 minutes'`,
  `
-- On each account of a person what moved for generations, each amount weighed by its generation's hash, is what those hold,
-- took and were given back that name this account. So none moved another person's, and none too much.
with moved as materialized (
  select e.account_id, sum(e.amount * hashtext(t.generation_id)::bigint) as weight
    from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
   where t.generation_id is not null
   group by e.account_id
), named as materialized (
  select account_id, sum(amount * hashtext(id)::bigint) as weight
    from (select available_account_id as account_id, id,
                 refunded_amount - case when terminal_at is null then held_amount else captured_amount end as amount
            from generations
          union all
          select held_account_id, id, held_amount from generations where terminal_at is null) g
   group by account_id
), odd as materialized (
  select a.id, a.user_id, a.unit
    from ledger_accounts a left join moved m on m.account_id = a.id left join named n on n.account_id = a.id
   where a.user_id is not null and coalesce(m.weight, 0) <> coalesce(n.weight, 0)
)
select 'I24 a person''s account differs from what their generations moved' as invariant, user_id || ' ' || unit as subject
  from odd
union all
select distinct 'I24 an entry of a generation on another account than its own', t.generation_id
  from odd
  join ledger_entries e on e.account_id = odd.id
  join ledger_transactions t on t.id = e.transaction_id
  join generations g on g.id = t.generation_id
 -- Where nothing is odd, no entry is read.
 where (select count(*) from odd) > 0 and odd.id not in (g.available_account_id, g.held_account_id)
union all
select 'I24 a generation on another person''s account', g.id
  from generations g
  join ledger_accounts a on a.id = g.available_account_id
  join ledger_accounts h on h.id = g.held_account_id
 where a.user_id is distinct from g.user_id or h.user_id is distinct from g.user_id`,
  `
select 'I26 the chain of the audit is broken' as invariant, a.id::text as subject
  from (select *, coalesce(lag(hash) over (order by id), sha256('sunprint')) as hash_before from audit_entries) a
 where a.previous_hash <> a.hash_before
    or a.hash <> sha256(a.previous_hash || convert_to(jsonb_build_array(
         a.actor, a.action, a.subject, a.reason, a.detail, extract(epoch from a.created_at))::text, 'UTF8'))
union all
select 'I27 a refund differs from its movement', g.id
  from generations g left join ledger_transactions t on t.generation_id = g.id and t.kind = 'refund'
  left join ledger_entries e on e.transaction_id = t.id and e.amount > 0
 where g.refunded_amount <> coalesce(e.amount, 0)
union all
select 'I28 a code gave more than it may', c.id
  from redeem_codes c join redemptions r on r.code_id = c.id
  join ledger_entries e on e.transaction_id = r.transaction_id and e.amount > 0
 group by c.id having count(*) > c.uses_max or sum(e.amount) <> count(*) * c.amount`,
];
