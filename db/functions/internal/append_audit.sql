-- One line of the audit: who did what to what, and why.
create or replace function append_audit(
  p_actor text, p_action text, p_subject text, p_reason text, p_detail jsonb default '{}'
) returns void
language sql
set search_path = public, pg_temp
as $$
  insert into audit_entries (actor, action, subject, reason, detail, created_at, previous_hash, hash)
  values (p_actor, p_action, p_subject, p_reason, p_detail, app_now(), '', '')
$$;
