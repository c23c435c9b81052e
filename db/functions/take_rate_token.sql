-- One token from a bucket of p_count that refills evenly over p_seconds (generic cell rate algorithm).
-- Returns 0 when it was taken, else the whole seconds until one is there. A bucket that fills up later than after a window was
-- written before the clock was set back; it counts as used up now, rather than stay shut until the old time is reached.
create or replace function take_rate_token(p_key text, p_count integer, p_seconds integer) returns integer
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  v_now timestamptz := app_now();
  v_window interval := make_interval(secs => p_seconds);
  -- Rounded down to the microsecond: rounded up, the last token of 7 a minute would not fit into the minute.
  v_step interval := floor(p_seconds * 1000000.0 / p_count) * interval '1 microsecond';
  v_full_at timestamptz;
  c_overlap constant interval := interval '10 seconds';
begin
  -- Whoever comes at the same time may have begun earlier and be let in later: for the bucket, time does not go back by
  -- so little, or a token that is there would be refused.
  insert into rate_buckets as b (key, full_at, seen_at) values (p_key, v_now + v_step, v_now)
  on conflict (key) do update set full_at = greatest(b.full_at, v_now) + v_step,
         seen_at = case when b.seen_at between v_now and v_now + c_overlap then b.seen_at else v_now end
   where greatest(b.full_at, v_now) + v_step <= v_window
         + case when b.seen_at between v_now and v_now + c_overlap then b.seen_at else v_now end;
  if found then
    return 0;
  end if;
  update rate_buckets set full_at = v_now + v_window where key = p_key and full_at > v_now + v_window;
  select full_at into v_full_at from rate_buckets where key = p_key;
  return greatest(1, ceil(extract(epoch from v_full_at + v_step - v_window - v_now)))::integer;
end $$;
