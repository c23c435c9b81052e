import { BLANK_PREDICTION } from "../books/blank-records.ts";
import type { PredictionRecord } from "../books/records.ts";
import { type JsonObject, numberField, stringField } from "../core/json.ts";
import { drawLatency, readLatency } from "../core/latency.ts";
import { randomFor, seedFromText } from "../core/random.ts";
import type { World } from "../core/world.ts";
import type { FiredAction } from "../scenarios/fault-engine.ts";
import { slugOf } from "./models/find-model.ts";
import type { ModelData } from "./models/model-data.ts";
import { type PictureSize, pictureSize } from "./picture-size.ts";
import { completeInput } from "./validate-input.ts";

/** What a create asks for, once it has been found good. */
export interface RunRequest {
  model: ModelData;
  version: string;
  deployment: string | null;
  input: JsonObject;
  webhook: string | null;
  eventsFilter: string[] | null;
  cancelAfterMs: number | null;
  reference: PictureSize | undefined;
  via: string;
  logId: string | null;
}

// The output is there a moment before the run is over: recorded waits show `processing` with output.
const TAIL_MS = 60;
// Replicate's documentation: a run is stopped after thirty minutes.
const TIMEOUT_ERROR = "Prediction timed out";

/** A new prediction with its whole course laid out in virtual time. */
export function planRun(
  world: World,
  request: RunRequest,
  actions: readonly FiredAction[],
): PredictionRecord {
  const { model, input } = request;
  const id = world.identifiers.predictionId();
  const nowMs = world.clock.nowMs();
  const wallMs = world.clock.wallMs();
  const complete = completeInput(model, input);
  const prompt = stringField(input, "prompt") ?? "";
  const record: PredictionRecord = {
    ...structuredClone(BLANK_PREDICTION),
    id,
    model: slugOf(model),
    version: request.version,
    deployment: request.deployment,
    input,
    prompt,
    seed: numberField(input, "seed") ?? seedFromText(`${world.seed}\u0000${id}`) % 1_000_000,
    ...pictureSize(complete, request.reference),
    fileToken: world.identifiers.fileToken(),
    extension: stringField(complete, "output_format") ?? "webp",
    outputCount: numberField(complete, "num_outputs") ?? 1,
    webhook: request.webhook,
    eventsFilter: request.eventsFilter,
    via: request.via,
    logId: request.logId,
    createdAtMs: nowMs,
    createdWallMs: wallMs,
    deadlineAtMs: request.cancelAfterMs === null ? null : nowMs + request.cancelAfterMs,
    deadlineWallMs: request.cancelAfterMs === null ? null : wallMs + request.cancelAfterMs,
  };
  return actions.reduce(bend, lay(world, model, withModelRules(record, complete), actions));
}

/** Draws the phases' lengths; a `pace` fault overrides what settings and model say. */
function lay(
  world: World,
  model: ModelData,
  record: PredictionRecord,
  actions: readonly FiredAction[],
): PredictionRecord {
  const pace = actions.find(({ kind }) => kind === "pace")?.parameters;
  const usual = world.settings.latencies[record.model] ?? world.settings.latencies["*"] ?? model.latency;
  const random = randomFor(world.seed, "latency", record.id);
  const { speed } = world.settings;
  const startingMs = drawLatency(readLatency(pace?.starting) ?? usual.starting, random) / speed;
  const processingMs = drawLatency(readLatency(pace?.processing) ?? usual.processing, random) / speed;
  const startsAtMs = record.createdAtMs + startingMs;
  const outputsAtMs = startsAtMs + processingMs;
  const limitAtMs = startsAtMs + world.settings.replicate.runLimitSeconds * 1000;
  if (outputsAtMs > limitAtMs) {
    return {
      ...record,
      startsAtMs,
      outputsAtMs: null,
      endsAtMs: limitAtMs,
      plannedStatus: "failed",
      plannedError: TIMEOUT_ERROR,
    };
  }
  return { ...record, startsAtMs, outputsAtMs, endsAtMs: outputsAtMs + TAIL_MS / speed };
}

function bend(record: PredictionRecord, action: FiredAction): PredictionRecord {
  const { parameters } = action;
  switch (action.kind) {
    case "end": {
      const status = stringField(parameters, "status") ?? "failed";
      const phase = stringField(parameters, "phase") ?? "processing";
      const usualAtMs = phase === "starting" ? record.startsAtMs : record.endsAtMs;
      const afterMs = numberField(parameters, "afterMs");
      return {
        ...record,
        plannedStatus: status,
        plannedError: stringField(parameters, "error") ?? null,
        plannedPhase: phase,
        startsAtMs: phase === "starting" ? null : record.startsAtMs,
        outputsAtMs: status === "succeeded" ? record.outputsAtMs : null,
        endsAtMs: afterMs === undefined ? usualAtMs : record.createdAtMs + afterMs,
      };
    }
    case "hold":
      return stringField(parameters, "phase") === "processing"
        ? { ...record, outputsAtMs: null, endsAtMs: null }
        : { ...record, startsAtMs: null, outputsAtMs: null, endsAtMs: null };
    case "output":
      return { ...record, outputForm: stringField(parameters, "form") ?? "null" };
    case "odd-status":
      return { ...record, oddStatus: stringField(parameters, "status") ?? "queued" };
    case "cancel-ignored":
      return { ...record, ignoresCancel: true };
    default:
      return record;
  }
}

// Kontext takes a tolerance of at most 2 with an input image; the model, not the schema, refuses more.
function withModelRules(record: PredictionRecord, input: JsonObject): PredictionRecord {
  const tolerance = numberField(input, "safety_tolerance") ?? 0;
  if (record.model.includes("kontext") && input.input_image !== undefined && tolerance > 2) {
    return {
      ...record,
      outputForm: "null",
      plannedStatus: "failed",
      plannedError: "safety_tolerance must be at most 2 when an input image is given",
    };
  }
  return record;
}
