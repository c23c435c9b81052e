-- Pictures that came after the hold was given back: written down as a leak, and asked (by the outbox) to be stored, unless nobody
-- wants them: the person cancelled or deleted it; or they should not be seen, which a refusal of their content says. Answers
-- whether that was not known yet. The pictures that were charged for are none.
drop function if exists want_late_outputs(text, jsonb);
create function want_late_outputs(p_generation_id text, p_outputs jsonb) returns boolean
language plpgsql
set search_path = public, pg_temp
as $$
begin
  if jsonb_array_length(coalesce(p_outputs, '[]')) = 0
     or exists (select from generations where id = p_generation_id and state = 'succeeded') then
    return false;
  end if;
  insert into outbox (topic, dedup_key, payload, due_at, created_at)
  select 'store_late', 'store_late:' || id,
         jsonb_build_object('generationId', id, 'outputs', p_outputs, 'outputCount', output_count), app_now(), app_now()
    from generations
   where id = p_generation_id and late_at is null and deleted_at is null
     and cancel_requested_at is null and failure_reason in (
       'timed_out', 'storage_failed', 'provider_unavailable', 'provider_failed')
  on conflict (dedup_key) do nothing;
  return note_leak('late', p_generation_id, p_generation_id);
end $$;
