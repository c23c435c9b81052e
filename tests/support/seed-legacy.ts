import type postgres from "postgres";

const PER_PERSON = 40;

/**
 * Makes the predecessor's tables and fills them as its years of use would have: statuses in any letter case, failures that were
 * given back and some that were not, tasks that never ended, two balances of one person, one below nothing, codes.
 */
export async function seedLegacy(
  legacy: postgres.Sql,
  { generations }: { generations: number },
): Promise<void> {
  const people = Math.ceil(generations / PER_PERSON);
  await legacy.unsafe(`
    create table flux_data (
      id serial primary key, user_id varchar not null, replicate_id varchar not null, input_prompt text, execute_prompt text,
      steps integer, guidance integer, "interval" integer, image_url varchar, model varchar(255) not null, execute_start_time bigint,
      execute_end_time bigint, locale varchar(64), aspect_ratio varchar not null, safety_tolerance integer, seed integer,
      task_status varchar not null, is_private boolean default false, download_num integer default 0 not null,
      views_num integer default 0 not null, created_at timestamp default now(), updated_at timestamp default now());
    create table user_credit (
      id serial primary key, user_id varchar(200) not null, credit integer not null, created_at timestamp default now(),
      updated_at timestamp default now());
    create table user_billing (
      id serial primary key, user_id varchar(200) not null, state varchar not null, amount integer not null, type varchar not null,
      flux_id integer, description varchar, created_at timestamp default now(), updated_at timestamp default now());
    create table user_credit_transaction (
      id serial primary key, user_id varchar(200) not null, credit integer not null, balance integer not null, billing_id integer,
      type varchar not null, created_at timestamp default now(), updated_at timestamp default now());
    create table gift_code (
      id serial primary key, code varchar(256) not null, credit_amount integer not null, used boolean default false,
      used_by varchar(200), used_at timestamp, transaction_id integer, created_at timestamp default now(), expired_at timestamp);
    insert into flux_data (
      user_id, replicate_id, input_prompt, execute_prompt, image_url, model, execute_start_time, execute_end_time, locale, aspect_ratio,
      seed, task_status, is_private, created_at, updated_at)
    select 'user_' || i % ${people}, 'p' || md5(i::text), case i % 7 when 0 then '雪地里的一只狐狸' else 'a fox in the snow' end,
           'a fox in the snow', case when i % 10 < 8 then 'https://pictures.example/' || i || '.webp' end,
           (array['black-forest-labs/flux-schnell', 'black-forest-labs/flux-dev', 'black-forest-labs/flux-1.1-pro', 'somebody/flux-odd'])
             [1 + i % 4],
           extract(epoch from at) * 1000, extract(epoch from at + interval '6 seconds') * 1000, 'en',
           (array['1:1', '16:9', '9:16', '5:7'])[1 + i % 4], i,
           case when i % 10 < 8 then (array['succeeded', 'Succeeded', 'SUCCEEDED'])[1 + i % 3]
                when i % 20 = 8 then 'Failed' when i % 20 = 18 then 'CANCELED' when i % 20 = 9 then 'failed' else 'Processing' end,
           i % 5 = 0, at, at + interval '6 seconds'
      from generate_series(1, ${generations}) i, lateral (select timestamp '2024-08-01' + i * interval '5 minutes' as at) t order by i;
    insert into user_billing (user_id, state, amount, type, flux_id, created_at)
    select user_id, 'Done', -10, case id % 2 when 0 then 'Withdraw' else 'withdraw' end, id, created_at
      from flux_data where id % 3 <> 0 order by id;
    insert into user_billing (user_id, state, amount, type, flux_id, created_at)
    select user_id, 'Done', 10, 'Refund', id, updated_at from flux_data where id % 3 <> 0 and id % 20 in (8, 18) order by id;
    insert into user_credit (user_id, credit) select 'user_' || n, 1000 + n % 50 from generate_series(0, ${people} - 1) n;
    insert into user_credit (user_id, credit) values ('user_0', 7), ('user_idle', 50);
    update user_credit set credit = -30 where user_id = 'user_1';
    insert into user_credit_transaction (user_id, credit, balance, type)
    select c.user_id, sum(c.credit) + coalesce((select -sum(amount) from user_billing b where b.user_id = c.user_id), 0), 0, 'Charge'
      from user_credit c group by c.user_id;
    insert into user_credit_transaction (user_id, credit, balance, billing_id, type)
    select user_id, amount, 0, id, case when amount < 0 then 'Generate' else 'Refund' end from user_billing order by id;
    insert into gift_code (code, credit_amount, used, used_by, used_at, expired_at) values
      ('SPRING-2025-AAAA', 50, false, null, null, null), ('spring 2025 oil1', 20, false, null, null, now() + interval '1 year'),
      ('OLD-ONE-0001', 50, true, 'user_3', now() - interval '1 year', null), ('WORTH-NOTHING', 0, false, null, null, null);`);
}
