-- An operator's pause of a part of the service, with the sentence that people read; an empty sentence ends it. The same
-- thing asked for twice is one act, and one row of the audit.
-- Outcomes: paused | resumed
create or replace function pause_service(p_name text, p_sentence text, p_actor text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if p_sentence = '' then
    delete from service_pauses where name = p_name;
    if found then
      perform append_audit(p_actor, 'resume_service', p_name, 'resumed');
    end if;
    return jsonb_build_object('outcome', 'resumed');
  end if;
  insert into service_pauses (name, sentence, actor, created_at) values (p_name, p_sentence, p_actor, app_now())
  on conflict (name) do update
    set sentence = excluded.sentence, actor = excluded.actor, created_at = excluded.created_at
    where service_pauses.sentence <> excluded.sentence;
  if found then
    perform append_audit(p_actor, 'pause_service', p_name, p_sentence);
  end if;
  return jsonb_build_object('outcome', 'paused');
end $$;
