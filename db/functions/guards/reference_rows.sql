-- The state machine. A webhook may overtake the create's answer (dispatching -> storing) and may speak for an attempt
-- that was given up (reserved -> running, storing), which may end while the next one is still under way (running -> reserved,
-- dispatching, unknown).
insert into generation_transitions (from_state, to_state) values
  ('reserved', 'dispatching'), ('reserved', 'running'), ('reserved', 'storing'), ('reserved', 'failed'),
  ('reserved', 'canceled'),
  ('dispatching', 'reserved'), ('dispatching', 'running'), ('dispatching', 'unknown'), ('dispatching', 'storing'),
  ('dispatching', 'failed'), ('dispatching', 'canceled'),
  ('unknown', 'reserved'), ('unknown', 'running'), ('unknown', 'storing'), ('unknown', 'failed'),
  ('unknown', 'canceled'),
  ('running', 'reserved'), ('running', 'dispatching'), ('running', 'unknown'), ('running', 'storing'),
  ('running', 'failed'), ('running', 'canceled'),
  ('storing', 'succeeded'), ('storing', 'failed')
on conflict do nothing;

insert into ledger_accounts (user_id, kind, unit, period, is_materialised)
select null, kind, unit, '', false
  from unnest(array['mint', 'revenue', 'expired', 'writeoff']) kind, unnest(array['credit', 'picture']) unit
on conflict do nothing;

insert into ledger_checks (name, due_at) values
  -- The whole books are a night's work, at three in the morning (UTC).
  ('drift', now()), ('storage', now()), ('whole', date_trunc('day', now()) + interval '27 hours')
on conflict do nothing;
