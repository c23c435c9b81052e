-- Codes by their hashes. One that was used is known and gives nothing to anybody.
insert into redeem_codes (id, code_hash, amount, uses_max, expires_at, reason, created_at)
select 'cod_legacy_' || id,
       sha256(convert_to(translate(regexp_replace(upper(code), '[^0-9A-Z]', '', 'g'), 'OIL', '011'), 'UTF8')), credit_amount, 1,
       case when coalesce(used, false) then coalesce(used_at, created_at, now()) else expired_at end, 'legacy',
       coalesce(created_at, now())
  from legacy_gift_code where credit_amount > 0 order by id
on conflict do nothing;
