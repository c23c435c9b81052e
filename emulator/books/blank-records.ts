import type { JsonObject } from "../core/json.ts";
import type {
  CallRecord,
  CancelRecord,
  DeliveryRecord,
  FileRecord,
  PredictionRecord,
  Totals,
} from "./records.ts";

/** A prediction in its first moment; the fields a caller does not give. */
export const BLANK_PREDICTION: PredictionRecord = {
  id: "",
  model: "",
  version: "hidden",
  deployment: null,
  input: {},
  prompt: "",
  seed: 0,
  width: 1024,
  height: 1024,
  fileToken: "",
  extension: "webp",
  outputCount: 1,
  outputForm: "plain",
  webhook: null,
  eventsFilter: null,
  via: "direct",
  logId: null,
  stage: "starting",
  status: "starting",
  error: null,
  oddStatus: null,
  plannedStatus: "succeeded",
  plannedError: null,
  plannedPhase: "processing",
  startsAtMs: null,
  outputsAtMs: null,
  endsAtMs: null,
  deadlineAtMs: null,
  createdAtMs: 0,
  startedAtMs: null,
  outputAtMs: null,
  endedAtMs: null,
  createdWallMs: 0,
  startedWallMs: null,
  endedWallMs: null,
  deadlineWallMs: null,
  isDataRemoved: false,
  ignoresCancel: false,
  billedImages: 0,
  billedUsd: 0,
};

/** A delivery before its first try. */
export const BLANK_DELIVERY: DeliveryRecord = {
  id: "",
  predictionId: "",
  event: "",
  status: "",
  url: "",
  body: "",
  isTerminal: false,
  state: "pending",
  tries: [],
  nextTryAtMs: null,
  swallows: 0,
  forgery: "",
  skewSeconds: 0,
  payload: "",
  notes: [],
};

/** A call about which nothing is known yet. */
export const BLANK_CALL: CallRecord = {
  id: 0,
  wallMs: 0,
  operation: "",
  via: "direct",
  gateway: "",
  method: "",
  path: "",
  status: 0,
  outcome: "",
  milliseconds: 0,
  cacheStatus: "",
  logId: "",
  eventId: "",
  model: "",
  predictionId: "",
  costUsd: 0,
  attempts: 1,
  bytes: 0,
  tokensIn: 0,
  tokensOut: 0,
  skipsCache: false,
  maxAttempts: 0,
  metadata: {},
  isCollected: true,
  warnings: [],
  faults: [],
};

export const BLANK_FILE: FileRecord = {
  wallMs: 0,
  predictionId: "",
  name: "",
  status: 0,
  type: "",
  bytes: 0,
  sha256: "",
  isWhole: true,
};

export const BLANK_CANCEL: CancelRecord = { wallMs: 0, predictionId: "", outcome: "" };

export const NO_TOTALS: Totals = {
  calls: 0,
  errors: 0,
  cacheHits: 0,
  gatewayCostUsd: 0,
  geminiCalls: 0,
  tokensIn: 0,
  tokensOut: 0,
  predictions: 0,
  succeeded: 0,
  failed: 0,
  canceled: 0,
  aborted: 0,
  otherEnds: 0,
  billedRuns: 0,
  billedImages: 0,
  billedUsd: 0,
  cancels: 0,
  deliveries: 0,
  deliveryTries: 0,
  delivered: 0,
  filesServed: 0,
  fileBytes: 0,
  faultsFired: 0,
};

/** A record read back from JSON: every field of the blank, replaced where the line has one of a fitting type. */
export function restoreRecord<T extends object>(blank: T, line: JsonObject): T {
  const record = structuredClone(blank);
  for (const [name, present] of Object.entries(blank)) {
    const value = line[name];
    const fits =
      value !== undefined && (present === null || value === null || typeof value === typeof present);
    if (fits) {
      Reflect.set(record, name, value);
    }
  }
  return record;
}
