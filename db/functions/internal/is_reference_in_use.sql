-- Whether something was made with a reference picture and still has its words: from the bin, too, it can be brought back and made
-- again.
create or replace function is_reference_in_use(p_id text) returns boolean
language sql stable
set search_path = public, pg_temp
as $$
  select exists (select from generations where reference_id = p_id and prompt <> '')
$$;
