-- A generation as its owner may see it: the one place that decides which columns leave the database.
create or replace function task_json(g generations) returns jsonb
language sql stable security definer
set search_path = public, pg_temp
as $$
  select jsonb_build_object(
    'id', g.id, 'state', g.state, 'upstreamStatus', g.upstream_status, 'version', g.version,
    'model', g.model, 'prompt', g.prompt, 'promptChange', g.prompt_change,
    -- What left without having been settled is the input's own.
    'executedPrompt', coalesce(g.executed_prompt, case when s.was_sent then nullif(g.input ->> 'prompt', g.prompt) end),
    'isPromptSettled', g.executed_prompt is not null,
    'aspectRatio', g.aspect_ratio, 'widthPixels', g.width_pixels, 'heightPixels', g.height_pixels,
    'outputFormat', g.output_format, 'outputCount', g.output_count, 'seed', g.seed, 'audience', g.audience,
    'loraWeights', g.input ->> 'lora_weights', 'loraScale', (g.input ->> 'lora_scale')::double precision,
    'inputImageUrl', coalesce(g.input ->> 'image', g.input ->> 'image_prompt', g.input ->> 'input_image'),
    'referenceId', (select r.id from reference_pictures r where r.id = g.reference_id),
    'unit', g.unit, 'heldAmount', g.held_amount, 'capturedAmount', g.captured_amount, 'refundedAmount', g.refunded_amount,
    'failureReason', g.failure_reason, 'refusedField', g.refused_field,
    'wasSent', s.was_sent,
    'appeal', case when g.failure_reason = 'content_blocked' then appeal_json(g.id) end,
    'isCancelRequested', g.cancel_requested_at is not null,
    'isCanceledByOperator', g.canceled_by_operator,
    'deadlineAt', g.deadline_at, 'createdAt', g.created_at, 'changedAt', g.changed_at, 'terminalAt', g.terminal_at, 'lateAt', g.late_at,
    'isDeleted', g.deleted_at is not null,
    'images', case when g.state = 'succeeded' or g.late_at is not null then (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', a.id, 'position', a.position, 'width', a.width_pixels, 'height', a.height_pixels, 'preview', a.preview,
        'audience', a.audience, 'shareId', a.share_id, 'shareExpiresAt', a.share_expires_at,
        'showsPrompt', a.shows_prompt, 'reviewState', a.review_state,
        'reviewReason', a.review_reason, 'appeal', case when a.audience = 'public' then appeal_json(a.id) end, 'isFavourite', a.favourite_at is not null)
        order by a.position), '[]')
        from assets a where a.generation_id = g.id and a.deleted_at is null) else '[]'::jsonb end,
    'deletedImageCount', (select count(*) from assets a where a.generation_id = g.id and a.deleted_at is not null))
    from (
      select exists (select 1 from attempts t where t.generation_id = g.id and t.prediction_id is not null) as was_sent
    ) s
$$;
