-- Everything that is paused, and with which sentence: models, parts of the service, and all making once the day's limit is reached.
create or replace function read_pauses() returns jsonb
language sql stable security definer
set search_path = public, pg_temp
as $$
  select jsonb_build_object(
    'models', (select coalesce(jsonb_object_agg(model, sentence), '{}') from model_pauses),
    'services', (select coalesce(jsonb_object_agg(name, sentence), '{}') from service_pauses),
    'making', making_pause())
$$;
