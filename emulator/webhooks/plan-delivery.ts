import { BLANK_DELIVERY } from "../books/blank-records.ts";
import type { DeliveryRecord, PredictionRecord } from "../books/records.ts";
import {
  booleanField,
  isJsonObject,
  type JsonObject,
  numberField,
  parseJson,
  stringField,
} from "../core/json.ts";
import { isLoopbackUrl } from "../core/loopback.ts";
import type { World } from "../core/world.ts";
import type { FiredAction } from "../scenarios/fault-engine.ts";

/** A delivery as the faults have shaped it, with what happens around it. */
export interface PlannedDelivery {
  record: DeliveryRecord;
  copies: number;
  copiesAtOnce: boolean;
  isSwapped: boolean;
  replayAfterMs: number | null;
  contradiction: DeliveryRecord | undefined;
}

/** Turns one event of a prediction and the faults that struck it into what will be sent. */
export function planDelivery(
  world: World,
  prediction: PredictionRecord,
  event: string,
  view: JsonObject,
  actions: readonly FiredAction[],
): PlannedDelivery {
  const url = prediction.webhook ?? "";
  let record: DeliveryRecord = {
    ...structuredClone(BLANK_DELIVERY),
    id: world.identifiers.messageId(),
    predictionId: prediction.id,
    event,
    status: prediction.status,
    url,
    body: JSON.stringify(view),
    isTerminal: event === "completed",
    state: isLoopbackUrl(url) ? "pending" : "not-loopback",
    nextTryAtMs: world.clock.nowMs(),
  };
  const plan: PlannedDelivery = {
    record,
    copies: 1,
    copiesAtOnce: false,
    isSwapped: false,
    replayAfterMs: null,
    contradiction: undefined,
  };
  for (const action of actions) {
    record = shape(world, record, action);
    adjust(world, plan, record, action);
  }
  return { ...plan, record };
}

function shape(world: World, record: DeliveryRecord, action: FiredAction): DeliveryRecord {
  const noted = { ...record, notes: [...record.notes, action.scenario] };
  const { parameters } = action;
  switch (action.kind) {
    case "drop":
      return { ...noted, swallows: numberField(parameters, "tries") ?? -1 };
    case "delay":
      return {
        ...noted,
        nextTryAtMs: world.clock.nowMs() + (numberField(parameters, "milliseconds") ?? 5000),
      };
    case "forge":
      return { ...noted, forgery: stringField(parameters, "how") ?? "garbage" };
    case "skew":
      return { ...noted, skewSeconds: numberField(parameters, "seconds") ?? 600 };
    case "payload":
      return { ...noted, payload: stringField(parameters, "form") ?? "malformed" };
    case "misdirect":
      return { ...noted, url: addressOfAnother(world, record) ?? record.url };
    case "stranger":
      return { ...noted, body: withFields(record.body, { id: world.identifiers.predictionId() }) };
    default:
      return noted;
  }
}

function adjust(world: World, plan: PlannedDelivery, record: DeliveryRecord, action: FiredAction): void {
  const { parameters } = action;
  switch (action.kind) {
    case "duplicate":
      plan.copies = (numberField(parameters, "copies") ?? 1) + 1;
      plan.copiesAtOnce = booleanField(parameters, "atOnce") === true;
      break;
    case "swap":
      plan.isSwapped = true;
      break;
    case "replay":
      plan.replayAfterMs = (numberField(parameters, "afterSeconds") ?? 5) * 1000;
      break;
    case "contradict":
      plan.contradiction = {
        ...record,
        id: world.identifiers.messageId(),
        body: contradictionOf(record.body),
        notes: [...record.notes, "contradiction"],
      };
      break;
    default:
      break;
  }
}

function contradictionOf(body: string): string {
  const fields = parseJson(body);
  const hasSucceeded = isJsonObject(fields) && fields.status === "succeeded";
  return hasSucceeded
    ? withFields(body, { status: "failed", error: "CUDA out of memory", output: null })
    : withFields(body, { status: "succeeded", error: null });
}

function withFields(body: string, fields: JsonObject): string {
  const present = parseJson(body);
  return JSON.stringify({ ...(isJsonObject(present) ? present : {}), ...fields });
}

/** The webhook address of the latest other prediction; the place a misdirected delivery goes to. */
function addressOfAnother(world: World, record: DeliveryRecord): string | undefined {
  const others = [...world.books.predictions.values()].filter(
    (other) => other.id !== record.predictionId && other.webhook !== null && other.webhook !== record.url,
  );
  return others.at(-1)?.webhook ?? undefined;
}
