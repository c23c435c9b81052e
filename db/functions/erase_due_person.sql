-- Erases one person whose day has come: pictures, made and handed in, prompts, the draft, sessions, name and address. The ledger keeps its
-- rows under the opaque id, so every sum still holds. Live generations are stopped first, and the person is taken up again later.
-- Outcomes: erased {userId, pictures} | stopping {userId, generationIds} | none
create or replace function erase_due_person() returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_user_id text;
  v_live jsonb;
  v_generations text[];
  v_pictures text[];
begin
  select id into v_user_id from users
   where deletion_due_at <= app_now() order by deletion_due_at limit 1 for update skip locked;
  if not found then
    return jsonb_build_object('outcome', 'none');
  end if;
  -- The mutex of submits: whoever is inside one finishes first, and nobody begins another.
  perform lock_wallet(v_user_id);
  delete from sessions where user_id = v_user_id;
  select jsonb_agg(id) into v_live from generations where user_id = v_user_id and terminal_at is null;
  if v_live is not null then
    update users set deletion_due_at = app_now() + interval '10 seconds' where id = v_user_id;
    return jsonb_build_object('outcome', 'stopping', 'userId', v_user_id, 'generationIds', v_live);
  end if;
  perform close_wallet(v_user_id);
  -- Ended generations after the accounts, as a refund locks them, and by their ids, as acts on many pictures do.
  perform 1 from generations where user_id = v_user_id order by id for update;
  select array_agg(id) into v_generations from generations where user_id = v_user_id;
  select array_agg(id) into v_pictures from assets where generation_id = any (v_generations) and purged_at is null;
  update generations set deleted_at = app_now() where id = any (v_generations);
  perform purge_assets(v_pictures);
  perform erase_words(v_generations);
  perform remove_unused_references(array(select id from reference_pictures where user_id = v_user_id));
  delete from drafts where user_id = v_user_id;
  delete from appeals where user_id = v_user_id;
  delete from idempotency_keys where user_id = v_user_id;
  delete from users where id = v_user_id;
  perform append_audit('system', 'erase_person', v_user_id, 'their wish');
  return jsonb_build_object(
    'outcome', 'erased', 'userId', v_user_id, 'pictures', coalesce(cardinality(v_pictures), 0));
end $$;
