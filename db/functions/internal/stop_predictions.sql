-- Asks (by the outbox) that every prediction still bound to the generation be cancelled upstream, except one.
create or replace function stop_predictions(p_generation_id text, p_except text default null) returns void
language sql
set search_path = public, pg_temp
as $$
  insert into outbox (topic, dedup_key, payload, due_at, created_at)
  select 'cancel_prediction', 'cancel_prediction:' || prediction_id,
         jsonb_build_object('predictionId', prediction_id, 'keyId', upstream_key, 'generationId', generation_id),
         app_now(), app_now()
    from attempts
   where generation_id = p_generation_id and state = 'accepted' and prediction_id is distinct from p_except
  on conflict (dedup_key) do nothing
$$;
