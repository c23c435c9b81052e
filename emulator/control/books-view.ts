import type { PredictionRecord } from "../books/records.ts";
import type { JsonObject } from "../core/json.ts";
import type { World } from "../core/world.ts";
import { fileUrl } from "../replicate/output.ts";
import { activeView } from "./fault-switches.ts";

/** GET /_books: the emulator's own ledger, whole; with a number, only so many of the latest records of each kind. */
export function booksView(world: World, recent = Number.POSITIVE_INFINITY): JsonObject {
  const { books } = world;
  const latest = <T>(records: readonly T[]): readonly T[] =>
    records.length > recent ? records.slice(records.length - recent) : records;
  return {
    totals: { ...books.totals },
    billing: {
      runs: books.totals.billedRuns,
      images: books.totals.billedImages,
      usd: round(books.totals.billedUsd),
    },
    predictions: latest([...books.predictions.values()]).map((record) => predictionEntry(world, record)),
    webhooks: latest([...books.deliveries.values()]).map((delivery) => ({ ...delivery })),
    files: latest(books.files).map((file) => ({ ...file })),
    cancels: latest(books.cancels).map((cancel) => ({ ...cancel })),
    calls: latest(books.calls).map((call) => ({ ...call })),
    faults: activeView(world),
    clock: { offsetSeconds: world.clock.offsetMs / 1000, now: new Date(world.clock.nowMs()).toISOString() },
  };
}

/** A prediction with its history: every state it was in and since when. */
function predictionEntry(world: World, record: PredictionRecord): JsonObject {
  const history: JsonObject[] = [{ status: "starting", at: iso(record.createdAtMs) }];
  if (record.startedAtMs !== null) {
    history.push({ status: "processing", at: iso(record.startedAtMs) });
  }
  if (record.outputAtMs !== null) {
    history.push({ status: "output", at: iso(record.outputAtMs) });
  }
  if (record.endedAtMs !== null) {
    history.push({ status: record.status, at: iso(record.endedAtMs) });
  }
  return {
    id: record.id,
    model: record.model,
    version: record.version,
    status: record.status,
    error: record.error,
    input: record.input,
    webhook: record.webhook,
    webhook_events_filter: record.eventsFilter,
    via: record.via,
    logId: record.logId,
    seed: record.seed,
    width: record.width,
    height: record.height,
    createdAt: new Date(record.createdWallMs).toISOString(),
    startedAt: record.startedWallMs === null ? null : new Date(record.startedWallMs).toISOString(),
    completedAt: record.endedWallMs === null ? null : new Date(record.endedWallMs).toISOString(),
    history,
    outputs:
      record.outputAtMs === null
        ? []
        : Array.from({ length: record.outputCount }, (_, index) => fileUrl(world, record, index)),
    billedImages: record.billedImages,
    billedUsd: round(record.billedUsd),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function round(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}
