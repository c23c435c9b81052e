-- A prediction that nobody waits for: written down as a leak, and stopped (by the outbox). One that has ended needs no stopping;
-- its row tells that it was met. Which generation it was made for may not be known. Answers whether it was not met before.
create or replace function stop_extra(p_prediction jsonb, p_generation_id text) returns boolean
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_prediction_id text := p_prediction ->> 'id';
begin
  insert into outbox (topic, dedup_key, payload, due_at, created_at, done_at)
  values ('cancel_prediction', 'cancel_prediction:' || v_prediction_id,
          jsonb_build_object('predictionId', v_prediction_id, 'keyId', p_prediction ->> 'keyId',
                             'generationId', p_generation_id), app_now(), app_now(),
          case when p_prediction ->> 'status' in ('succeeded', 'failed', 'canceled') then app_now() end)
  on conflict (dedup_key) do nothing;
  return note_leak('extra', v_prediction_id, p_generation_id);
end $$;
