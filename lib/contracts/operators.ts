import { z } from "zod";
import { isPlainText } from "./plain-text";

/** What can be paused: `changes` pauses the others, and everything else that people change. */
export const ServiceName = z.enum(["making", "improve", "sign_ups", "changes"]);
export type ServiceName = z.infer<typeof ServiceName>;

/** Why, in words that the audit keeps; of a pause, the words that people read. */
const Reason = z.string().trim().min(3).max(300).refine(isPlainText, "has characters that are no text");
/** So many credits are given by one act, or by one code, at most. */
export const CREDITS_MAX = 1_000_000;
const Credits = z.int().min(1).max(CREDITS_MAX);

/** So many codes are made at once at most: their hashes fit a request. */
export const CODES_MAX = 500;
/** So many people may redeem one code at most. */
export const USES_MAX = 1_000_000;

/** One thing that an operator does. */
export const OperatorAct = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("pause"), model: z.string().max(60), reason: Reason }),
  z.strictObject({ act: z.literal("resume"), model: z.string().max(60) }),
  z.strictObject({ act: z.literal("pause_service"), service: ServiceName, reason: Reason }),
  z.strictObject({ act: z.literal("resume_service"), service: ServiceName }),
  /** Whole US dollars that providers may bill in a day. */
  z.strictObject({ act: z.literal("limit_spend"), amount: z.int().min(1).max(1_000_000), reason: Reason }),
  z.strictObject({ act: z.literal("unlimit_spend") }),
  z.strictObject({ act: z.literal("refund"), generationId: z.string().max(60), reason: Reason }),
  z.strictObject({ act: z.literal("cancel"), generationId: z.string().max(60), reason: Reason }),
  z.strictObject({ act: z.literal("release"), generationId: z.string().max(60), reason: Reason }),
  z.strictObject({ act: z.literal("replay"), generationId: z.string().max(60) }),
  z.strictObject({ act: z.literal("look"), generationId: z.string().max(60) }),
  /** Of a public picture: into Explore, or not; the first word on it stands. */
  z.strictObject({ act: z.literal("approve_picture"), imageId: z.string().max(60) }),
  z.strictObject({ act: z.literal("reject_picture"), imageId: z.string().max(60), reason: Reason }),
  /** Its person reads the reason. */
  z.strictObject({
    act: z.literal("decide_appeal"),
    subjectId: z.string().max(60),
    decision: z.enum(["kept", "allowed"]),
    reason: Reason,
  }),
  z.strictObject({
    act: z.literal("grant"),
    email: z.email().max(254),
    amount: Credits,
    reason: Reason,
    /** The same key twice is one grant. */
    key: z.string().min(8).max(128).refine(isPlainText, "has characters that are no text"),
  }),
  /** Whoever makes codes has them; here only their hashes are ever known. The same hashes twice are made once. */
  z.strictObject({
    act: z.literal("make_codes"),
    codeHashes: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .min(1)
      .max(CODES_MAX),
    amount: Credits,
    usesMax: z.int().min(1).max(USES_MAX),
    expiresAt: z.iso.datetime().nullable(),
    reason: Reason,
  }),
  /** Switches one off, by its id or as it is written. */
  z.strictObject({
    act: z.literal("end_code"),
    code: z.string().min(4).max(64).refine(isPlainText, "has characters that are no text"),
    reason: Reason,
  }),
]);
export type OperatorAct = z.infer<typeof OperatorAct>;

/**
 * What came of it; `already` is an act that had been done before or came too late, `not_charged` one with nothing to give back,
 * `requested` a cancel that the provider decides, `finishing` one of pictures that are being stored; `nothing_recorded` a replay for
 * which no webhook ever came.
 */
export const OperatorActResponse = z.object({
  outcome: z.enum([
    "paused",
    "resumed",
    "limited",
    "unlimited",
    "refunded",
    "granted",
    "canceled",
    "requested",
    "finishing",
    "looking",
    "released",
    "replaying",
    "nothing_recorded",
    "approved",
    "rejected",
    "kept",
    "allowed",
    "made",
    "ended",
    "already",
    "not_charged",
  ]),
});
export type OperatorActResponse = z.infer<typeof OperatorActResponse>;

/** For whom a link to a new password is made, and in which language the page is that it leads to. */
export const ResetLinkRequest = z.strictObject({
  userId: z.string().max(60),
  reason: Reason,
  locale: z.enum(["en", "zh"]),
});
export type ResetLinkRequest = z.infer<typeof ResetLinkRequest>;

/** Told this once. */
export type ResetLinkResponse = { link: string };
