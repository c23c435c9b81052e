import type postgres from "postgres";

/** Generations of each person. */
const PER_PERSON = 40;

/**
 * Fills an empty, migrated database with the books of a busy year: so many generations of every ending, each with its
 * movements, entries, events, attempt and picture, a hundred of them live. Written as the superuser, set by set and with
 * the guards off, because the guards take a millisecond a row; the checks must find nothing to say of it all the same.
 * The client must have one connection.
 */
export async function seedBooks(
  superuser: postgres.Sql,
  { generations }: { generations: number },
): Promise<void> {
  const people = Math.ceil(generations / PER_PERSON);
  await superuser.unsafe(`
      set session_replication_role = replica;
      set work_mem = '256MB';
      create temporary table plan as
      select i, 'gen_' || lpad(i::text, 26, '0') as id, 1 + i % ${people} as person,
             1 + (i % 10 = 3)::int as pictures,
             case when i > ${generations - 100} then 'running'
                  when i % 20 in (0, 2) then 'failed' when i % 20 = 1 then 'canceled' else 'succeeded' end as state,
             now() - (${generations} - i) * interval '20 seconds' as at
        from generate_series(1, ${generations}) i;
      insert into users (id, name, email)
      select 'usr_' || n, 'Ada', n || '@example.com' from generate_series(1, ${people}) n;
      insert into ledger_accounts (user_id, kind, unit, period, is_materialised)
      select 'usr_' || n, kind, 'credit', '', true
        from generate_series(1, ${people}) n, unnest(array['available', 'held']) kind order by n, kind;
      create temporary table wallet as
      select substr(a.user_id, 5)::int as person, a.id as available, h.id as held
        from ledger_accounts a join ledger_accounts h on h.user_id = a.user_id and h.kind = 'held'
       where a.kind = 'available' and a.user_id is not null;
      analyze wallet; analyze plan;
      insert into generations (
        id, user_id, state, version, model, upstream_model, input, prompt, aspect_ratio, width_pixels, height_pixels,
        output_format, output_count, seed, unit, unit_price, held_amount, captured_amount, available_account_id,
        held_account_id, failure_reason, due_at, deadline_at, created_at, changed_at, terminal_at)
      select p.id, 'usr_' || p.person, p.state,
             case p.state when 'succeeded' then 4 when 'failed' then 3 when 'canceled' then 1 else 2 end,
             'flux-dev', 'black-forest-labs/flux-dev', '{}', 'a fox in the snow, number ' || p.i, '1:1', 1024, 1024, 'webp',
             p.pictures, p.i, 'credit', 10, 10 * p.pictures,
             case p.state when 'running' then null when 'succeeded' then 10 else 0 end, w.available, w.held,
             case when p.state = 'failed' then 'provider_failed' end,
             case when p.state = 'running' then now() + interval '1 minute' end, now() + interval '15 minutes', p.at, p.at,
             case when p.state <> 'running' then p.at + interval '4 seconds' end
        from plan p join wallet w using (person) order by p.i;
      insert into ledger_transactions (id, idempotency_key, kind, actor, reason, created_at)
      select 'ltx_g' || n, 'signup:usr_' || n, 'grant', 'system', 'signup', now() - interval '2 years'
        from generate_series(1, ${people}) n;
      insert into ledger_transactions (id, idempotency_key, kind, generation_id, actor, reason, created_at)
      select 'ltx_r' || md5(id), 'reserve:' || id, 'reserve', id, 'user:usr_' || person, 'flux-dev', at from plan order by i;
      insert into ledger_transactions (id, idempotency_key, kind, generation_id, resolves, actor, reason, created_at)
      select 'ltx_s' || md5(id), 'settle:' || id, case state when 'succeeded' then 'capture' else 'release' end, id,
             'ltx_r' || md5(id), 'webhook', 'flux-dev', at + interval '4 seconds'
        from plan where state <> 'running' order by i;
      create temporary table line (seq bigint, transaction_id text, account_id bigint, amount bigint);
      insert into line
      select 0, 'ltx_g' || person, account, amount from wallet, lateral (values
        ((select id from ledger_accounts where kind = 'mint' and unit = 'credit'), -2000), (available, 2000)) e (account, amount)
      union all
      select 4 * i, 'ltx_r' || md5(p.id), account, amount from plan p join wallet using (person), lateral (values
        (available, -10 * pictures), (held, 10 * pictures)) e (account, amount)
      union all
      select 4 * i + 2, 'ltx_s' || md5(p.id), account, amount from plan p join wallet using (person), lateral (values
        (held, -10 * pictures),
        ((select id from ledger_accounts where kind = 'revenue' and unit = 'credit'), 10 * (state = 'succeeded')::int),
        (available, 10 * (pictures - (state = 'succeeded')::int))) e (account, amount)
       where state <> 'running' and amount <> 0;
      insert into ledger_entries (transaction_id, account_id, amount, balance_after)
      select transaction_id, account_id, amount,
             case when is_materialised then sum(amount) over (partition by account_id order by seq) end
        from line join ledger_accounts a on a.id = account_id order by seq;
      update ledger_accounts a set balance = s.sum
        from (select account_id, sum(amount) as sum from line group by account_id) s
       where s.account_id = a.id and a.is_materialised;
      insert into generation_events (generation_id, version, from_state, to_state, cause, created_at)
      select id, version, from_state, to_state, 'webhook', at + version * interval '1 second'
        from plan, lateral (values
          (0, null, 'reserved'), (1, 'reserved', case state when 'canceled' then state else 'dispatching' end),
          (2, 'dispatching', 'running'), (3, 'running', case state when 'failed' then state else 'storing' end),
          (4, 'storing', 'succeeded')) e (version, from_state, to_state)
       where version <= case state when 'succeeded' then 4 when 'failed' then 3 when 'canceled' then 1 else 2 end
       order by i, version;
      insert into attempts (generation_id, number, token_hash, state, prediction_id, sent_at)
      select id, 1, sha256(id::bytea), 'accepted', 'p' || md5(id), at from plan where state <> 'canceled' order by i;
      insert into assets (
        id, generation_id, position, storage_key, content_type, size_bytes, content_hash, width_pixels, height_pixels,
        created_at)
      select 'img_' || i, id, 0, 'outputs/' || id, 'image/webp', 1000, sha256(id::bytea), 1024, 1024, at
        from plan where state = 'succeeded' order by i;
      insert into idempotency_keys (user_id, key, request_hash, generation_id, created_at)
      select 'usr_' || person, 'key-' || id, sha256(id::bytea), id, at from plan order by i;
      drop table plan; drop table wallet; drop table line;
      set session_replication_role = origin;
      analyze;`);
}
