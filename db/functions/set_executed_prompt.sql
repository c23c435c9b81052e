-- Records the prompt that is about to be sent, when it differs from what was written.
create or replace function set_executed_prompt(p_generation_id text, p_prompt text, p_change text) returns jsonb
language plpgsql security definer
set search_path = public, pg_temp
as $$
begin
  update generations
     set executed_prompt = p_prompt, prompt_change = p_change,
         input = jsonb_set(input, '{prompt}', to_jsonb(p_prompt))
   where id = p_generation_id and state = 'dispatching';
  return jsonb_build_object('outcome', case when found then 'recorded' else 'late' end);
end $$;
