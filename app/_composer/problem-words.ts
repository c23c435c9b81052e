/** Refusals that the studio has its own words for; the others are told with a code. */
const KNOWN_REASONS = [
  "unauthenticated",
  "content_blocked",
  "rate_limited",
  "too_many_running",
  "insufficient_credits",
  "monthly_limit",
  "price_changed",
  "model_paused",
  "upstream_unavailable",
  "idempotency_conflict",
  "unanswered",
] as const;
export type KnownReason = (typeof KNOWN_REASONS)[number];

export function findKnownReason(reason: string): KnownReason | undefined {
  return KNOWN_REASONS.find((known) => known === reason);
}
