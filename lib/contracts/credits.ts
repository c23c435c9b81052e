import { z } from "zod";
import { isPlainText } from "./plain-text";
import { TaskStatus } from "./task";

/** What moved: a grant, a hold for a task, its charge (only the part that comes back shows here), its return. */
export const EntryKind = z.enum(["grant", "reserve", "capture", "release", "refund", "expire", "adjust"]);

export const LedgerEntry = z.object({
  id: z.string(),
  kind: EntryKind,
  /** Signed credits: what this line did to the balance. */
  amount: z.int(),
  balanceAfter: z.int(),
  taskId: z.string().nullable(),
  /** Why, as a code: `signup`, a model's identifier, or a failure's reason; an operator's words when they did it. */
  reason: z.string(),
  /** What the operator wrote who gave it, gave it back or took it back. */
  sentence: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** The task as it stands now, so that a hold's line can say whether it was charged or returned. */
  task: z
    .object({
      prompt: z.string(),
      model: z.string(),
      status: TaskStatus,
      numOutputs: z.int(),
      charged: z.int().nullable(),
      /** The first of its pictures that are not in the bin. */
      imageId: z.string().nullable(),
    })
    .nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** Which lines: what pictures cost, what came back of it, what was given. */
export const LedgerFilter = z.enum(["all", "spent", "returned", "given"]);
export type LedgerFilter = z.infer<typeof LedgerFilter>;

export const CreditsQuery = z.strictObject({
  cursor: z
    .string()
    // Fifteen digits are more entries than there will be, and still a whole number.
    .regex(/^\d{1,15}$/, "is none of ours")
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  show: LedgerFilter.default("all"),
});

export const Balance = z.object({
  available: z.int(),
  held: z.int(),
  freeRemaining: z.int(),
  freeMonthlyLimit: z.int(),
  freeResetsAt: z.iso.datetime(),
  /** Credits of the newest submit; 0 before the first, and for a free one. */
  lastCost: z.int(),
});
export type Balance = z.infer<typeof Balance>;

export const CreditsResponse = Balance.extend({
  entries: z.array(LedgerEntry),
  nextCursor: z.string().nullable(),
});
export type CreditsResponse = z.infer<typeof CreditsResponse>;

export const RedeemRequest = z.strictObject({
  /** As written on the card: spaces, dashes and small letters do not matter. */
  code: z.string().min(4).max(64).refine(isPlainText, "must be plain text"),
});

export const RedeemResponse = z.object({
  /** 0 for somebody who has redeemed this code before. */
  granted: z.int(),
  /** What it gave that time, of which its person may not have heard; 0 the first time. */
  grantedBefore: z.int(),
  available: z.int(),
});
export type RedeemResponse = z.infer<typeof RedeemResponse>;
