import type { PredictionRecord } from "../books/records.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import type { World } from "../core/world.ts";
import { findModel } from "./models/find-model.ts";
import { outputOf } from "./output.ts";
import { logsOf } from "./run-logs.ts";

/** How far a run had come at some moment; a stale reader sees an earlier one. */
interface Moment {
  stage: PredictionRecord["stage"];
  status: string;
}

const iso = (wallMs: number): string => new Date(wallMs).toISOString();

/**
 * The prediction object as Replicate sends it, in webhooks, gets and lists alike. With `atMs` it shows
 * what was true at that virtual time, as a replica that lags behind does.
 */
export function predictionView(
  world: World,
  record: PredictionRecord,
  options: { atMs?: number; showsRemoved?: boolean } = {},
): JsonObject {
  const nowMs = world.clock.nowMs();
  const moment = momentAt(record, options.atMs ?? nowMs);
  const isOver = moment.stage === "ended";
  const isRemoved = options.showsRemoved === true || isDataRemoved(world, record, nowMs);
  const view: JsonObject = {
    id: record.id,
    model: record.model,
    version: record.version,
    input: isRemoved ? {} : record.input,
    logs: isRemoved ? "" : logsOf(record, moment.stage, nowMs),
    output: isRemoved ? null : visibleOutput(world, record, moment),
    data_removed: isRemoved,
    error: isOver ? record.error : null,
    source: "api",
    status: moment.status,
    created_at: iso(record.createdWallMs),
    urls: urlsOf(world, record.id),
  };
  if (moment.stage !== "starting" && record.startedWallMs !== null) {
    view.started_at = iso(record.startedWallMs);
  }
  if (isOver && record.endedWallMs !== null) {
    view.completed_at = iso(record.endedWallMs);
    view.metrics = metricsOf(record);
  }
  if (record.deadlineWallMs !== null) {
    view.deadline = iso(record.deadlineWallMs);
  }
  if (record.deployment !== null) {
    view.deployment = record.deployment;
  }
  if (record.webhook !== null) {
    view.webhook = record.webhook;
  }
  if (record.eventsFilter !== null) {
    view.webhook_events_filter = record.eventsFilter;
  }
  if (record.oddStatus !== null && !isOver) {
    view.status = record.oddStatus;
    view.queue_position = 3;
  }
  return view;
}

/**
 * The answer to a create that does not wait: only what the recorded ones carry, and `output: null`,
 * `data_removed: false` as the samples of 2025 have.
 */
export function createdView(world: World, record: PredictionRecord): JsonObject {
  const { id, model, version, input, logs, output, data_removed, error, status, created_at, urls, deadline } =
    predictionView(world, record, { atMs: record.createdAtMs });
  const view: JsonObject = {};
  const fields = {
    id,
    model,
    version,
    input,
    logs,
    output,
    data_removed,
    error,
    status,
    created_at,
    urls,
    deadline,
  };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      view[name] = value;
    }
  }
  return view;
}

/** Whether inputs, outputs, logs and files are gone: an hour after the run ended, by virtual time. */
export function isDataRemoved(world: World, record: PredictionRecord, nowMs: number): boolean {
  const isExpired =
    record.endedAtMs !== null && nowMs - record.endedAtMs >= world.settings.replicate.expirySeconds * 1000;
  return record.isDataRemoved || isExpired;
}

function momentAt(record: PredictionRecord, atMs: number): Moment {
  if (record.endedAtMs !== null && record.endedAtMs <= atMs) {
    return { stage: "ended", status: record.status };
  }
  if (record.outputAtMs !== null && record.outputAtMs <= atMs) {
    return { stage: "output", status: "processing" };
  }
  if (record.startedAtMs !== null && record.startedAtMs <= atMs) {
    return { stage: "processing", status: "processing" };
  }
  return { stage: "starting", status: "starting" };
}

function visibleOutput(world: World, record: PredictionRecord, moment: Moment): JsonValue {
  const isShown = moment.stage === "output" || (moment.stage === "ended" && record.outputAtMs !== null);
  const isKept = moment.stage !== "ended" || record.status === "succeeded";
  return isShown && isKept ? outputOf(world, record) : null;
}

function metricsOf(record: PredictionRecord): JsonObject {
  const endedAtMs = record.endedAtMs ?? record.createdAtMs;
  const metrics: JsonObject = { total_time: (endedAtMs - record.createdAtMs) / 1000 };
  if (record.startedAtMs !== null) {
    metrics.predict_time = (endedAtMs - record.startedAtMs) / 1000;
  }
  if (record.status === "succeeded" && findModel(record.model) !== undefined) {
    metrics.image_count = record.outputCount;
  }
  return metrics;
}

// Upstream's links lead to its own host, around the gateway; so do these.
function urlsOf(world: World, id: string): JsonObject {
  const get = `${world.baseUrl}/replicate/v1/predictions/${id}`;
  return { get, cancel: `${get}/cancel`, web: `${world.baseUrl}/p/${id}` };
}
