import { z } from "zod";

/** The body of every answer that is not a success. */
export const ErrorEnvelope = z.object({
  /** A sentence for people. */
  error: z.string(),
  code: z.union([z.number(), z.string()]),
  /** What programs switch on. */
  reason: z.string(),
  requestId: z.string(),
  /** Of `upstream_unavailable`: operators have paused what was asked for, and `error` is their sentence. */
  isPaused: z.literal(true).optional(),
  /** Of `upstream_unavailable`: what was asked for may have been done all the same. Asked again with its key, it is done once. */
  isUnsure: z.literal(true).optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;
