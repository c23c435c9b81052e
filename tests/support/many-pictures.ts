import type postgres from "postgres";

/** Ids of copies begin so, which no real one does: its first ten letters are the time. */
const COPY = "gen_0000";

/**
 * Copies a finished generation and its pictures so many times, each a minute older than the last: what a person has
 * after a year, without a year of generating. The books know nothing of them; `forgetCopies` takes them out again.
 */
export async function copyGeneration(
  owner: postgres.Sql,
  { id, count, prompt = "a lighthouse in the fog" }: { id: string; count: number; prompt?: string },
): Promise<void> {
  await owner`alter table generations disable trigger user`;
  await owner`insert into generations
    select c.* from generations g, generate_series(1, ${count}::integer) n,
      lateral jsonb_populate_record(g, jsonb_build_object(
        'id', 'gen_' || lpad(n || substr(g.id, 15), 26, '0'), 'created_at', g.created_at - n * interval '1 minute',
        'terminal_at', g.terminal_at - n * interval '1 minute', 'prompt', 'picture ' || n || ' of ' || ${prompt}::text)) c where g.id = ${id}`;
  await owner`insert into assets
    select c.* from assets a, generate_series(1, ${count}::integer) n,
      lateral jsonb_populate_record(a, jsonb_build_object(
        'id', 'img_' || lpad(n || a.position::text || substr(a.id, 16), 26, '0'),
        'generation_id', 'gen_' || lpad(n || substr(a.generation_id, 15), 26, '0'),
        'storage_key', a.storage_key || '#' || n, 'share_id', a.share_id || n,
        'created_at', a.created_at - n * interval '1 minute')) c where a.generation_id = ${id}`;
  await owner`alter table generations enable trigger user`;
  await owner`analyze generations, assets`;
}

export async function forgetCopies(owner: postgres.Sql): Promise<void> {
  await owner`alter table generations disable trigger user`;
  await owner`delete from assets where generation_id like ${`${COPY}%`}`;
  await owner`delete from generations where id like ${`${COPY}%`}`;
  await owner`alter table generations enable trigger user`;
}
