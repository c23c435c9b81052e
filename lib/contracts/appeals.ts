import { z } from "zod";
import { isPlainText } from "./plain-text";

const NOTE_LENGTH_MAX = 500;

/** A wish that somebody looks again, and what came of it. */
export const Appeal = z.object({
  /** kept: it stays as it was. */
  state: z.enum(["open", "kept", "allowed"]),
  /** Why it was decided so, by the operator who did. */
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
});
export type Appeal = z.infer<typeof Appeal>;

export const AppealRequest = z.strictObject({
  /** The id of a task that was blocked, or of a public picture that was turned down. */
  subject: z.string().min(1).max(64).refine(isPlainText, "must be plain text"),
  /** What there is to say about it. */
  note: z.string().trim().max(NOTE_LENGTH_MAX).refine(isPlainText, "must be plain text").default(""),
});

/** The caller's appeals, newest first. */
export const AppealList = z.object({
  appeals: z.array(Appeal.extend({ subject: z.string(), taskId: z.string(), note: z.string() })),
});
export type AppealList = z.infer<typeof AppealList>;
