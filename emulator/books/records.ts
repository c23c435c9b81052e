import type { JsonObject } from "../core/json.ts";

/**
 * A prediction with its whole history. `…WallMs` is real time and goes over the wire; `…AtMs` is virtual
 * time and drives the run. A plan of null means "never".
 */
export type PredictionRecord = {
  id: string;
  model: string;
  /** What the wire shows as version: an id, `hidden`, or a deployment's. */
  version: string;
  deployment: string | null;
  input: JsonObject;
  prompt: string;
  seed: number;
  width: number;
  height: number;
  fileToken: string;
  extension: string;
  outputCount: number;
  /** How the output looks; `plain` is what the model promises. */
  outputForm: string;
  webhook: string | null;
  eventsFilter: string[] | null;
  via: string;
  logId: string | null;
  stage: "starting" | "processing" | "output" | "ended";
  status: string;
  error: string | null;
  /** A status nobody knows, shown until the run ends. */
  oddStatus: string | null;
  plannedStatus: string;
  plannedError: string | null;
  plannedPhase: string;
  startsAtMs: number | null;
  outputsAtMs: number | null;
  endsAtMs: number | null;
  deadlineAtMs: number | null;
  createdAtMs: number;
  startedAtMs: number | null;
  outputAtMs: number | null;
  endedAtMs: number | null;
  createdWallMs: number;
  startedWallMs: number | null;
  endedWallMs: number | null;
  deadlineWallMs: number | null;
  isDataRemoved: boolean;
  ignoresCancel: boolean;
  /** How many images the run charges for, and the dollars. */
  billedImages: number;
  billedUsd: number;
};

/** One try to deliver a webhook: the status that came back, or why none did. */
export type DeliveryTry = { wallMs: number; outcome: string; milliseconds: number; note: string };

/** A webhook on its way, with every try; the body is kept because retries send the same bytes. */
export type DeliveryRecord = {
  id: string;
  predictionId: string;
  event: string;
  status: string;
  url: string;
  body: string;
  isTerminal: boolean;
  state: "pending" | "delivered" | "lost" | "dropped" | "not-loopback";
  tries: DeliveryTry[];
  nextTryAtMs: number | null;
  /** How many of the next tries are swallowed; -1 = all of them. */
  swallows: number;
  forgery: string;
  skewSeconds: number;
  payload: string;
  notes: string[];
};

/** One request over the wire, as the dashboard and the books list it. */
export type CallRecord = {
  id: number;
  wallMs: number;
  operation: string;
  via: string;
  gateway: string;
  method: string;
  path: string;
  status: number;
  outcome: string;
  milliseconds: number;
  cacheStatus: string;
  logId: string;
  eventId: string;
  model: string;
  predictionId: string;
  costUsd: number;
  attempts: number;
  bytes: number;
  tokensIn: number;
  tokensOut: number;
  skipsCache: boolean;
  maxAttempts: number;
  metadata: JsonObject;
  isCollected: boolean;
  warnings: string[];
  faults: string[];
};

/** One download of an output file. */
export type FileRecord = {
  wallMs: number;
  predictionId: string;
  name: string;
  status: number;
  type: string;
  bytes: number;
  sha256: string;
  isWhole: boolean;
};

/** One request to cancel, and what came of it. */
export type CancelRecord = { wallMs: number; predictionId: string; outcome: string };

/** Running sums; they outlive the detailed records, whose number is bounded. */
export type Totals = {
  calls: number;
  errors: number;
  cacheHits: number;
  gatewayCostUsd: number;
  geminiCalls: number;
  tokensIn: number;
  tokensOut: number;
  predictions: number;
  succeeded: number;
  failed: number;
  canceled: number;
  aborted: number;
  otherEnds: number;
  billedRuns: number;
  billedImages: number;
  billedUsd: number;
  cancels: number;
  deliveries: number;
  deliveryTries: number;
  delivered: number;
  filesServed: number;
  fileBytes: number;
  faultsFired: number;
};
