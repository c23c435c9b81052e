-- Takes the words out of ended generations in the bin (the guard of the table refuses all others): prompts, the input that carried
-- them, and what was said in appeals. Amounts, times and states stay.
create or replace function erase_words(p_generation_ids text[]) returns void
language sql
set search_path = public, pg_temp
as $$
  update generations
     set prompt = '', executed_prompt = null, input = '{}', outputs = null, failure_detail = null
   where id = any (p_generation_ids);
  delete from appeals where generation_id = any (p_generation_ids);
$$;
