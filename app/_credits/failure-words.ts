import type { FailureReason } from "@/lib/contracts/task";

/** Reasons for which credits come back, in the ledger's few words. */
export const FAILURE_WORDS = [
  "content_blocked",
  "invalid_input",
  "provider_failed",
  "provider_canceled",
  "provider_unavailable",
  "bad_output",
  "output_lost",
  "storage_failed",
  "timed_out",
  "internal",
  "canceled",
] as const satisfies readonly (FailureReason | "canceled")[];
