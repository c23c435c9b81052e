-- Makes all of a person's pictures private, wherever they are: also those in the bin, which would come back with their old
-- link, and those that are still to come, which would begin as their submit said. Each gets a new link, so that the old
-- one stays dead. Outcomes: done {count}
create or replace function take_back_links(p_user_id text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_generation_ids text[];
  v_count integer;
begin
  -- In order, as all bulk actions do; one that is just being stored is waited for, and its pictures are seen below.
  select array_agg(id) into v_generation_ids from (
    select g.id from generations g
     where g.user_id = p_user_id and (g.audience <> 'private' or exists (
       select from assets a where a.generation_id = g.id and a.audience <> 'private'))
     order by g.id for update) shared;
  update assets
     set audience = 'private', shows_prompt = false, share_expires_at = null,
         review_state = null, review_reason = null, reviewed_by = null,
         share_id = 'shr_' || replace(gen_random_uuid()::text, '-', '')
   where generation_id = any (v_generation_ids) and audience <> 'private';
  get diagnostics v_count = row_count;
  update generations set audience = 'private', changed_at = app_now() where id = any (v_generation_ids);
  return jsonb_build_object('outcome', 'done', 'count', v_count);
end $$;
