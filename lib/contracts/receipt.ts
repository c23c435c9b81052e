import { z } from "zod";
import { EntryKind } from "./credits";
import { FailureReason, Task, TaskStatus } from "./task";

/** By which sign a step was known. */
export const RECEIPT_SIGNALS = [
  "submit",
  "dispatch",
  "create",
  "webhook",
  "poll",
  "list",
  "store",
  "cancel",
  "deadline",
  "sweep",
  "operator",
  "system",
] as const;
export const ReceiptSignal = z.enum(RECEIPT_SIGNALS);
export type ReceiptSignal = z.infer<typeof ReceiptSignal>;

export const RECEIPT_STATES = [
  "reserved",
  "dispatching",
  "unknown",
  "running",
  "storing",
  "succeeded",
  "failed",
  "canceled",
] as const;

export const RECEIPT_ACCOUNTS = ["available", "held", "mint", "revenue", "expired", "writeoff"] as const;

/** One side of a movement. The sides of each movement sum to zero. */
const ReceiptLine = z.object({
  account: z.enum(RECEIPT_ACCOUNTS),
  /** Signed, in the receipt's unit. */
  amount: z.int(),
  /** What the account then held; null for the house's accounts. */
  balanceAfter: z.int().nullable(),
});

const ReceiptMovement = z.object({
  id: z.string(),
  kind: EntryKind,
  signal: ReceiptSignal,
  createdAt: z.iso.datetime(),
  lines: z.array(ReceiptLine),
});
export type ReceiptMovement = z.infer<typeof ReceiptMovement>;

const ReceiptStep = z.object({
  state: z.enum(RECEIPT_STATES),
  signal: ReceiptSignal,
  at: z.iso.datetime(),
});

/** One try upstream. The ids are the provider's and the gateway's own, for their support. */
const ReceiptAttempt = z.object({
  number: z.int(),
  predictionId: z.string().nullable(),
  gatewayLogId: z.string().nullable(),
  sentAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  /** Milliseconds for which the model ran, by the provider's own account; null until it has ended, or where it said none. */
  providerMs: z.int().nullable(),
});

/** What one submit cost and why: quoted, held, charged, returned, by which sign, with every line of the ledger. */
export const Receipt = z.object({
  id: z.string(),
  status: TaskStatus,
  reason: FailureReason.nullable(),
  blockedBy: Task.shape.blockedBy,
  canceledBy: Task.shape.canceledBy,
  prompt: z.string(),
  model: z.string(),
  /** Credits, or pictures of the month's free ones. */
  unit: z.enum(["credit", "picture"]),
  quoted: z.object({ perPicture: z.int(), pictures: z.int(), total: z.int() }),
  held: z.int(),
  /** Null while it is under way. */
  captured: z.int().nullable(),
  released: z.int().nullable(),
  /** Given back by an operator after the charge. */
  refunded: z.int(),
  /** How many pictures are stored. */
  stored: z.int(),
  /** The sign by which its end was known; null while it is under way. */
  signal: ReceiptSignal.nullable(),
  createdAt: z.iso.datetime(),
  deadlineAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
  lateAt: z.iso.datetime().nullable(),
  steps: z.array(ReceiptStep),
  attempts: z.array(ReceiptAttempt),
  movements: z.array(ReceiptMovement),
});
export type Receipt = z.infer<typeof Receipt>;
