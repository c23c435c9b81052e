-- The inbox row of a verified webhook, before it is acknowledged. The same id again is a duplicate, whatever its body.
-- Outcomes: recorded | duplicate
create or replace function record_delivery(
  p_provider text, p_webhook_id text, p_token_hash bytea, p_body_hash bytea, p_prediction jsonb
) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  insert into webhook_deliveries (
    provider, webhook_id, token_hash, body_hash, prediction, received_at, due_at)
  values (
    -- The receiving process applies it right after its answer; the sweeper takes what is left.
    p_provider, p_webhook_id, p_token_hash, p_body_hash, p_prediction, app_now(), app_now() + interval '10 seconds')
  on conflict (provider, webhook_id) do nothing;
  return jsonb_build_object('outcome', case when found then 'recorded' else 'duplicate' end);
end $$;
