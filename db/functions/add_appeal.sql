-- A person asks that somebody looks again: at a generation of theirs whose prompt or picture was blocked, or at a public picture of
-- theirs that was turned down. Once for each: asked again, it is the one that was asked first.
-- Outcomes: asked {generationId} | not_stopped | not_found
create or replace function add_appeal(p_user_id text, p_subject_id text, p_note text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation generations;
begin
  -- Whoever throws it away or erases its person waits, or has done it.
  select * into v_generation from generations
   where id = coalesce((select generation_id from assets where id = p_subject_id and deleted_at is null), p_subject_id)
     and user_id = p_user_id and deleted_at is null for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if not exists (select 1 from appeals where subject_id = p_subject_id) then
    if not (p_subject_id = v_generation.id and v_generation.failure_reason is not distinct from 'content_blocked'
            or exists (select 1 from assets where id = p_subject_id and review_state = 'rejected')) then
      return jsonb_build_object('outcome', 'not_stopped');
    end if;
    insert into appeals (subject_id, generation_id, user_id, note, created_at)
    values (p_subject_id, v_generation.id, p_user_id, p_note, app_now());
    update generations set changed_at = app_now() where id = v_generation.id;
  end if;
  return jsonb_build_object('outcome', 'asked', 'generationId', v_generation.id);
end $$;
