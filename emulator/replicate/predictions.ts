import { booleanField, numberField } from "../core/json.ts";
import type { StruckCall } from "../core/provider.ts";
import { jsonReply, type Reply } from "../core/reply.ts";
import { notFound } from "./errors.ts";
import { inlineOutput } from "./inline-output.ts";
import { createdView, predictionView } from "./prediction-view.ts";
import { readCreate } from "./read-create.ts";
import { preferredWaitSeconds } from "./request-headers.ts";
import type { Runs } from "./runs.ts";

/** POST …/predictions: by version, by model or by deployment, with or without waiting. */
export async function createPrediction(call: StruckCall, runs: Runs): Promise<Reply> {
  const read = await readCreate(call);
  if (read.kind === "refused") {
    return read.reply;
  }
  const { world } = call;
  const status = world.settings.replicate.createStatus;
  const record = runs.create(read.request);
  call.exchange.predictionId = record.id;
  const early = call.actions.find(({ kind }) => kind === "early-webhook");
  if (early !== undefined) {
    await runs.hurry(record, booleanField(early.parameters, "completed") === true);
  }
  const waitSeconds = preferredWaitSeconds(call.headers.get("prefer"));
  if (waitSeconds === undefined) {
    return jsonReply(status, createdView(world, record));
  }
  await runs.settled(record.id, waitSeconds * 1000, call.signal);
  const current = runs.find(record.id) ?? record;
  const view = predictionView(world, current);
  const headers: Record<string, string> = {
    "preference-applied": call.headers.get("prefer")?.trim() ?? "wait",
  };
  if (current.stage === "starting" || current.stage === "processing") {
    // Replicate's documentation: when the time passes, Location says where to look.
    headers.location = `${world.baseUrl}/replicate/v1/predictions/${record.id}`;
  } else if (world.settings.replicate.syncOutput === "data-uri") {
    view.output = await inlineOutput(world, current);
  }
  return jsonReply(status, view, headers);
}

/** GET /predictions/{id}. */
export function getPrediction(call: StruckCall, runs: Runs): Reply {
  const record = runs.find(call.path.split("/")[2] ?? "");
  const nowMs = call.world.clock.nowMs();
  const lag = call.actions.find(({ kind }) => kind === "lag");
  const lagMs = lag === undefined ? 0 : (numberField(lag.parameters, "seconds") ?? 10) * 1000;
  if (record === undefined || record.createdAtMs > nowMs - lagMs) {
    return notFound();
  }
  call.exchange.predictionId = record.id;
  call.exchange.model = record.model;
  const showsRemoved = call.actions.some(({ kind }) => kind === "data-removed");
  return jsonReply(200, predictionView(call.world, record, { atMs: nowMs - lagMs, showsRemoved }));
}

/** POST /predictions/{id}/cancel: 200 with the whole prediction, whether or not there was anything to cancel. */
export function cancelPrediction(call: StruckCall, runs: Runs): Reply {
  const record = runs.find(call.path.split("/")[2] ?? "");
  if (record === undefined) {
    return notFound();
  }
  call.exchange.predictionId = record.id;
  call.exchange.model = record.model;
  if (call.actions.some(({ kind }) => kind === "cancel-ignored")) {
    runs.ignoreCancel(record);
    call.world.books.recordCancel({
      wallMs: call.world.clock.wallMs(),
      predictionId: record.id,
      outcome: "ignored",
    });
    const view = predictionView(call.world, record);
    return jsonReply(200, {
      ...view,
      status: "canceled",
      completed_at: new Date(call.world.clock.wallMs()).toISOString(),
    });
  }
  const isLate = call.actions.some(({ kind }) => kind === "cancel-loses");
  const wasOver = record.stage === "ended";
  const current = runs.cancel(record, isLate ? "succeeded" : "canceled");
  call.world.books.recordCancel({
    wallMs: call.world.clock.wallMs(),
    predictionId: record.id,
    outcome: wasOver ? `was ${current.status}` : current.status,
  });
  return jsonReply(200, predictionView(call.world, current));
}
