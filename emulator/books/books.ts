import type { Journal } from "../core/journal.ts";
import { type JsonObject, numberField, objectField, stringField } from "../core/json.ts";
import { addCall, addDelivery, addFile, addPrediction } from "./add-totals.ts";
import {
  BLANK_CALL,
  BLANK_CANCEL,
  BLANK_DELIVERY,
  BLANK_FILE,
  BLANK_PREDICTION,
  NO_TOTALS,
  restoreRecord,
} from "./blank-records.ts";
import type {
  CallRecord,
  CancelRecord,
  DeliveryRecord,
  FileRecord,
  PredictionRecord,
  Totals,
} from "./records.ts";

const KEPT = { predictions: 20_000, deliveries: 20_000, calls: 5000, files: 5000, cancels: 5000 } as const;

/** What the books read from elsewhere when they write a line: see `load`. */
interface BookOptions {
  journal: Journal | undefined;
  /** The ordinal of the identifiers, kept in every line so that a restart never reuses one. */
  ordinal: () => number;
}

/**
 * The emulator's own ledger: every call, prediction, webhook try, served file and cancel, bounded in
 * number, with sums that are not. With a journal each change is on disk before anybody is told of it.
 */
export class Books {
  readonly predictions = new Map<string, PredictionRecord>();
  readonly deliveries = new Map<string, DeliveryRecord>();
  readonly #idByFileToken = new Map<string, string>();
  readonly calls: CallRecord[] = [];
  readonly files: FileRecord[] = [];
  readonly cancels: CancelRecord[] = [];
  totals: Totals = { ...NO_TOTALS };
  readonly #journal: Journal | undefined;
  readonly #ordinal: () => number;
  #clockOffsetMs = 0;
  #nextCallId = 1;

  constructor(options: BookOptions) {
    this.#journal = options.journal;
    this.#ordinal = options.ordinal;
  }

  /** Enters a new prediction, or a new version of one; a record that was entered is never changed in place. */
  savePrediction(record: PredictionRecord): void {
    this.#enterPrediction(record);
    this.#write("prediction", record);
  }

  /** The prediction whose outputs are under a path segment, or undefined. */
  findByFileToken(token: string): PredictionRecord | undefined {
    return this.predictions.get(this.#idByFileToken.get(token) ?? "");
  }

  /** Enters a delivery or a new version of one. */
  saveDelivery(record: DeliveryRecord): void {
    this.#enterDelivery(record);
    this.#write("delivery", record);
  }

  /** Enters a call and gives it its number. */
  recordCall(call: Omit<CallRecord, "id">): CallRecord {
    const record = { ...call, id: this.#nextCallId };
    this.#enterCall(record);
    this.#write("call", record);
    return record;
  }

  recordFile(record: FileRecord): void {
    this.#enterFile(record);
    this.#write("file", record);
  }

  recordCancel(record: CancelRecord): void {
    this.#enterCancel(record);
    this.#write("cancel", record);
  }

  recordFault(): void {
    this.totals.faultsFired += 1;
  }

  /** Remembers how far virtual time is ahead, or ages would shrink at the next start. */
  recordClock(offsetMs: number): void {
    this.#clockOffsetMs = offsetMs;
    this.#write("clock", { offsetMs });
  }

  /** Forgets everything, on disk too. */
  reset(): void {
    this.predictions.clear();
    this.#idByFileToken.clear();
    this.deliveries.clear();
    this.calls.length = 0;
    this.files.length = 0;
    this.cancels.length = 0;
    this.totals = { ...NO_TOTALS };
    this.#journal?.compact(this.#snapshot());
  }

  /** Reads the journal back and compacts it; answers with what others must know to go on. */
  load(): { ordinal: number; clockOffsetMs: number } {
    let ordinal = 0;
    for (const line of this.#journal?.read() ?? []) {
      ordinal = Math.max(ordinal, numberField(line, "ordinal") ?? 0);
      this.#replay(stringField(line, "kind") ?? "", objectField(line, "record") ?? {});
    }
    return { ordinal, clockOffsetMs: this.#clockOffsetMs };
  }

  /** Shortens the journal to what is in memory. */
  compact(): void {
    this.#journal?.compact(this.#snapshot());
  }

  #replay(kind: string, record: JsonObject): void {
    switch (kind) {
      case "prediction":
        this.#enterPrediction(restoreRecord(BLANK_PREDICTION, record));
        break;
      case "delivery":
        this.#enterDelivery(restoreRecord(BLANK_DELIVERY, record));
        break;
      case "call":
        this.#enterCall(restoreRecord(BLANK_CALL, record));
        break;
      case "file":
        this.#enterFile(restoreRecord(BLANK_FILE, record));
        break;
      case "cancel":
        this.#enterCancel(restoreRecord(BLANK_CANCEL, record));
        break;
      case "clock":
        this.#clockOffsetMs = numberField(record, "offsetMs") ?? 0;
        break;
      case "totals":
        this.totals = restoreRecord(NO_TOTALS, record);
        break;
    }
  }

  #enterPrediction(record: PredictionRecord): void {
    addPrediction(this.totals, this.predictions.get(record.id), record);
    this.predictions.set(record.id, record);
    this.#idByFileToken.set(record.fileToken, record.id);
    const dropped = dropOldest(this.predictions, KEPT.predictions, ({ stage }) => stage === "ended");
    this.#idByFileToken.delete(dropped?.fileToken ?? "");
  }

  #enterDelivery(record: DeliveryRecord): void {
    addDelivery(this.totals, this.deliveries.get(record.id), record);
    this.deliveries.set(record.id, record);
    dropOldest(this.deliveries, KEPT.deliveries, (candidate) => candidate.state !== "pending");
  }

  #enterCall(record: CallRecord): void {
    addCall(this.totals, record);
    this.#nextCallId = Math.max(this.#nextCallId, record.id + 1);
    this.calls.push(record);
    trim(this.calls, KEPT.calls);
  }

  #enterFile(record: FileRecord): void {
    addFile(this.totals, record);
    this.files.push(record);
    trim(this.files, KEPT.files);
  }

  #enterCancel(record: CancelRecord): void {
    this.totals.cancels += 1;
    this.cancels.push(record);
    trim(this.cancels, KEPT.cancels);
  }

  #write(kind: string, record: JsonObject): void {
    if (this.#journal === undefined) {
      return;
    }
    this.#journal.append(this.#line(kind, record));
    if (this.#journal.isLong) {
      this.compact();
    }
  }

  #line(kind: string, record: JsonObject): JsonObject {
    return { kind, ordinal: this.#ordinal(), record };
  }

  *#snapshot(): Generator<JsonObject> {
    for (const record of this.predictions.values()) {
      yield this.#line("prediction", record);
    }
    for (const record of this.deliveries.values()) {
      yield this.#line("delivery", record);
    }
    for (const record of this.calls) {
      yield this.#line("call", record);
    }
    for (const record of this.files) {
      yield this.#line("file", record);
    }
    for (const record of this.cancels) {
      yield this.#line("cancel", record);
    }
    yield this.#line("clock", { offsetMs: this.#clockOffsetMs });
    // Last, and absolute: the lines above would otherwise be counted a second time.
    yield this.#line("totals", this.totals);
  }
}

function trim(list: unknown[], length: number): void {
  if (list.length > length) {
    list.splice(0, list.length - length);
  }
}

/** Makes room for one by forgetting the oldest record that is over; answers with it. */
function dropOldest<T>(
  records: Map<string, T>,
  length: number,
  isOver: (record: T) => boolean,
): T | undefined {
  if (records.size <= length) {
    return undefined;
  }
  for (const [id, record] of records) {
    if (isOver(record)) {
      records.delete(id);
      return record;
    }
  }
  return undefined;
}
