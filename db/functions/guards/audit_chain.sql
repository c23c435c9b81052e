-- Each row of the audit carries the hash of the one before it. The lock makes the order of ids the order of the chain; the
-- id is drawn again under it, because the one it came with was drawn before.
create or replace function chain_audit() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtext('sunprint.audit'));
  new.id := nextval(pg_get_serial_sequence('audit_entries', 'id'));
  select hash into new.previous_hash from audit_entries order by id desc limit 1;
  new.previous_hash := coalesce(new.previous_hash, sha256('sunprint'));
  new.hash := sha256(new.previous_hash || convert_to(jsonb_build_array(
    new.actor, new.action, new.subject, new.reason, new.detail, extract(epoch from new.created_at))::text, 'UTF8'));
  return new;
end $$;
create or replace trigger audit_entries_chain before insert on audit_entries
  for each row execute function chain_audit();
