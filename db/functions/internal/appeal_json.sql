-- What a person learns of their appeal about this; null when there is none.
create or replace function appeal_json(p_subject_id text) returns jsonb
language sql stable
set search_path = public, pg_temp
as $$
  select jsonb_build_object(
    'state', state, 'reason', reason, 'createdAt', created_at, 'decidedAt', decided_at)
    from appeals where subject_id = p_subject_id
$$;
