import type { Balance, CreditsResponse, RedeemResponse } from "@/lib/contracts/credits";
import type { ModelsResponse } from "@/lib/contracts/models";
import type { Task, TaskList } from "@/lib/contracts/task";
import { isRecord } from "./json";

type Kind = "string" | "number" | "boolean";

// The schemas that made these answers stay on the server: their library is larger than the whole studio. What is
// checked here is that the answer is ours and of this release, not every rule of it.
const TASK_FIELDS = {
  id: "string",
  status: "string",
  prompt: "string",
  promptChange: "string",
  model: "string",
  aspectRatio: "string",
  width: "number",
  height: "number",
  numOutputs: "number",
  deletedImageCount: "number",
  seed: "number",
  audience: "string",
  cost: "number",
  refunded: "number",
  freeUsed: "number",
  createdAt: "string",
  deadlineAt: "string",
  changedAt: "string",
  isDeleted: "boolean",
} as const satisfies Partial<Record<keyof Task, Kind>>;

const BALANCE_FIELDS = {
  available: "number",
  held: "number",
  freeRemaining: "number",
  freeMonthlyLimit: "number",
  freeResetsAt: "string",
  lastCost: "number",
} as const satisfies Record<keyof Balance, Kind>;

function hasFields(value: unknown, fields: Record<string, Kind>): boolean {
  return isRecord(value) && Object.entries(fields).every(([name, kind]) => typeof value[name] === kind);
}

export function isTask(value: unknown): value is Task {
  return hasFields(value, TASK_FIELDS) && isRecord(value) && Array.isArray(value.images);
}

export function isTaskList(value: unknown): value is TaskList {
  return isRecord(value) && Array.isArray(value.tasks) && value.tasks.every(isTask);
}

export function isBalance(value: unknown): value is Balance {
  return hasFields(value, BALANCE_FIELDS);
}

export function isCreditsResponse(value: unknown): value is CreditsResponse {
  return isRecord(value) && Array.isArray(value.entries) && isBalance(value);
}

export function isRedeemResponse(value: unknown): value is RedeemResponse {
  return hasFields(value, { granted: "number", grantedBefore: "number", available: "number" });
}

export function isModels(value: unknown): value is ModelsResponse {
  return (
    isRecord(value) &&
    Array.isArray(value.models) &&
    value.models.every((model) => hasFields(model, { id: "string", kind: "string", title: "string" }))
  );
}
