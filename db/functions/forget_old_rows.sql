-- Lets go of rows that nothing asks for any more, so many of each kind at most: keys of submits, deliveries and effects that
-- are done, allowances that are full again, and what signing in left behind. What moved money or state stays for ever.
-- Several at once choose the same rows; each goes once, and one that was changed meanwhile stays.
-- Outcomes: done {forgotten}
create or replace function forget_old_rows(p_key_days integer, p_trace_days integer, p_limit integer) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_keys_before timestamptz := app_now() - make_interval(days => p_key_days);
  v_traces_before timestamptz := app_now() - make_interval(days => p_trace_days);
  v_day_ago timestamptz := app_now() - interval '1 day';
  v_forgotten integer := 0;
  v_count integer;
begin
  -- In the order in which the erasure of a person takes them.
  delete from sessions where ctid = any (array(
    select ctid from sessions where expires_at < v_day_ago limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;

  delete from verifications where ctid = any (array(
    select ctid from verifications where expires_at < v_day_ago limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;

  delete from auth_rate_limits where ctid = any (array(
    select ctid from auth_rate_limits where last_request < extract(epoch from v_day_ago) * 1000
     limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;

  delete from idempotency_keys where ctid = any (array(
    select ctid from idempotency_keys where created_at < v_keys_before
     order by created_at limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;

  delete from webhook_deliveries where ctid = any (array(
    select ctid from webhook_deliveries where processed_at < v_traces_before and outcome <> 'dead'
     order by processed_at limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;

  -- One that was given up stays until somebody has looked.
  delete from outbox where ctid = any (array(
    select ctid from outbox where done_at < v_traces_before
     order by done_at limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;

  delete from rate_buckets where ctid = any (array(
    select ctid from rate_buckets where full_at < v_day_ago limit p_limit));
  get diagnostics v_count = row_count;
  v_forgotten := v_forgotten + v_count;
  return jsonb_build_object('outcome', 'done', 'forgotten', v_forgotten);
end $$;
