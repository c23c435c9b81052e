-- Codes by their hashes. One that was used is known and gives nothing to anybody.
insert into redeem_codes (id, code_hash, amount, uses_max, expires_at, reason, created_at)
select 'cod_legacy_' || id,
       sha256(convert_to(translate(regexp_replace(upper(code), '[^0-9A-Z]', '', 'g'), 'OIL', '011'), 'UTF8')), credit_amount, 1,
       case when coalesce(used, false) then least(coalesce(used_at, created_at), now()) else expired_at end, 'legacy',
       coalesce(created_at, now())
  from legacy_gift_code where credit_amount > 0 order by id
on conflict do nothing;

create temporary view legacy_code as
select c.id, c.amount, l.id is not null as is_known, coalesce(l.used, false) as is_used,
       coalesce(l.credit_amount > 0 and not coalesce(l.used, false) and coalesce(l.expired_at > now(), true), false) as is_good_there,
       r.is_redeemed,
       not r.is_redeemed and coalesce(c.expires_at > now(), true)
         and not exists (select from audit_entries a where a.action = 'end_code' and a.subject = c.id) as is_open
  from redeem_codes c
  left join legacy_gift_code l on c.id = 'cod_legacy_' || l.id,
       lateral (select exists (select from redemptions d where d.code_id = c.id) as is_redeemed) r
 where starts_with(c.id, 'cod_legacy_');

-- What was used or ran out there since it came is ended here. All their locks before the audit's, which an operator who ends a code
-- takes second; what was redeemed until then has given, and the report says so.
select count(*) from (
  select from redeem_codes where id in (select id from legacy_code where is_open and is_known and not is_good_there)
   order by id for update) locked;
select end_redeem_code(id, current_setting('legacy.actor'),
         case when is_used then 'used in the predecessor' else 'no longer good in the predecessor' end)
  from legacy_code where is_open and is_known and not is_good_there order by id;
