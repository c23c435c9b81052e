-- An operator's pause of a model, with the sentence that people read; an empty sentence ends it. The same
-- thing asked for twice is one act, and one row of the audit.
-- Outcomes: paused | resumed
create or replace function pause_model(p_model text, p_sentence text, p_actor text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  if p_sentence = '' then
    delete from model_pauses where model = p_model;
    if not found then
      return jsonb_build_object('outcome', 'resumed');
    end if;
    perform append_audit(p_actor, 'resume_model', p_model, 'resumed');
    return jsonb_build_object('outcome', 'resumed');
  end if;
  insert into model_pauses (model, sentence, actor, created_at) values (p_model, p_sentence, p_actor, app_now())
  on conflict (model) do update
    set sentence = excluded.sentence, actor = excluded.actor, created_at = excluded.created_at
    where model_pauses.sentence <> excluded.sentence;
  if not found then
    return jsonb_build_object('outcome', 'paused');
  end if;
  perform append_audit(p_actor, 'pause_model', p_model, p_sentence);
  return jsonb_build_object('outcome', 'paused');
end $$;
