-- Where the predecessor's rows lie while they are read: temporary, so a run that breaks off leaves nothing behind.
create temporary table legacy_flux_data (
  id bigint primary key, user_id text not null, replicate_id text, input_prompt text, execute_prompt text, image_url text, model text,
  ended_ms bigint, locale text, aspect_ratio text, seed bigint, task_status text, created_at timestamptz, updated_at timestamptz
);
create temporary table legacy_user_credit (user_id text not null, credit bigint not null, created_at timestamptz);
create temporary table legacy_user_billing (flux_id bigint, amount bigint not null, type text, state text);
create temporary table legacy_user_credit_transaction (user_id text not null, credit bigint not null);
create temporary table legacy_gift_code (
  id bigint primary key, code text not null, credit_amount bigint not null, used boolean, used_at timestamptz, expired_at timestamptz,
  created_at timestamptz
);
create temporary table legacy_people (id text primary key, email text not null, account_id text);
create temporary table legacy_models (name text primary key, id text not null, upstream text not null);
create temporary table legacy_shapes (ratio text primary key, width integer not null, height integer not null);
