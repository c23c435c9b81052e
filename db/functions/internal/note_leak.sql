-- Writes down what a provider may bill and nobody pays for, once. Nothing is to be done about it: the row is there to be
-- counted, and is forgotten with the effects that are done. Answers whether it was not known yet.
-- p_kind: extra, by its prediction | late, by its generation | lost, by its attempt
create or replace function note_leak(p_kind text, p_of text, p_generation_id text) returns boolean
language plpgsql
set search_path = public, pg_temp
as $$
begin
  insert into outbox (topic, dedup_key, payload, due_at, created_at, done_at)
  values ('leak', 'leak:' || p_kind || ':' || p_of,
          jsonb_build_object('kind', p_kind, 'of', p_of, 'generationId', p_generation_id), app_now(), app_now(), app_now())
  on conflict (dedup_key) do nothing;
  return found;
end $$;
