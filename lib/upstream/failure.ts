import "server-only";
import { type ErrorReason, isErrorNamed } from "@/lib/errors";

/** Whose mistake it is: the person's (their prompt), ours (keys, addresses, money), or the upstream's. */
export type Fault = "person" | "operator" | "upstream";

/**
 * What a failure says about a create:
 * - `refused`: it certainly did not happen (the request never left, or was answered with a plain no)
 * - `ambiguous`: it may have happened; sending it again could pay twice
 */
export type Certainty = "refused" | "ambiguous";

export type Blame = "route" | "key" | "nobody";

export type FailureKind =
  | "unreachable"
  | "timeout"
  | "connection_lost"
  | "unreadable_answer"
  | "gateway_auth"
  | "gateway_misconfigured"
  | "gateway_rate_limited"
  | "gateway_spend_limit"
  | "gateway_credit"
  | "gateway_unavailable"
  | "guardrail_blocked"
  | "guardrail_unavailable"
  | "edge_blocked"
  | "provider_auth"
  | "provider_credit"
  | "provider_rejected_input"
  | "provider_model_missing"
  | "provider_rate_limited"
  | "provider_quota_exhausted"
  | "provider_region"
  | "provider_unavailable"
  | "not_found"
  | "circuit_open"
  | "saturated"
  | "content_blocked";

type FailureRow = {
  fault: Fault;
  /** Whether the same read or text call may succeed a moment later. */
  isRetryable: boolean;
  certainty: Certainty;
  /** Whether an operator is paged: it will not get better by itself. */
  isPaged: boolean;
  /** What the person's request ends with. */
  reason: ErrorReason;
  /** Whose circuit it counts against: the way there, the account behind the key, or nobody's (it was an answer). */
  blames: Blame;
};

/** The one list of what can go wrong upstream and what follows from it. Total: every kind has every answer. */
export const FAILURES = {
  unreachable: row("upstream", true, "refused", false, "upstream_unavailable", "route"),
  timeout: row("upstream", true, "ambiguous", false, "upstream_unavailable", "route"),
  connection_lost: row("upstream", true, "ambiguous", false, "upstream_unavailable", "route"),
  unreadable_answer: row("upstream", true, "ambiguous", false, "upstream_unavailable", "route"),
  // Bursts are reported to answer 2009 although the token is right, so a read is worth another try.
  gateway_auth: row("operator", true, "refused", true, "upstream_unavailable", "route"),
  gateway_misconfigured: row("operator", false, "refused", true, "upstream_unavailable", "route"),
  gateway_rate_limited: row("upstream", true, "refused", false, "upstream_unavailable", "nobody"),
  gateway_spend_limit: row("operator", false, "refused", true, "upstream_unavailable", "route"),
  gateway_credit: row("operator", false, "refused", true, "upstream_unavailable", "route"),
  gateway_unavailable: row("upstream", true, "ambiguous", false, "upstream_unavailable", "route"),
  guardrail_blocked: row("person", false, "refused", false, "content_blocked", "nobody"),
  guardrail_unavailable: row("upstream", true, "ambiguous", false, "upstream_unavailable", "route"),
  edge_blocked: row("operator", false, "refused", true, "upstream_unavailable", "route"),
  provider_auth: row("operator", false, "refused", true, "upstream_unavailable", "key"),
  provider_credit: row("operator", false, "refused", true, "upstream_unavailable", "key"),
  provider_rejected_input: row("person", false, "refused", false, "invalid_request", "nobody"),
  provider_model_missing: row("operator", false, "refused", true, "upstream_unavailable", "nobody"),
  provider_rate_limited: row("upstream", true, "refused", false, "upstream_unavailable", "nobody"),
  provider_quota_exhausted: row("operator", false, "refused", true, "upstream_unavailable", "key"),
  provider_region: row("operator", false, "refused", true, "upstream_unavailable", "key"),
  provider_unavailable: row("upstream", true, "ambiguous", false, "upstream_unavailable", "key"),
  not_found: row("upstream", false, "refused", false, "not_found", "nobody"),
  circuit_open: row("upstream", false, "refused", false, "upstream_unavailable", "nobody"),
  // Too many calls of its kind are under way; this one never left.
  saturated: row("upstream", true, "refused", false, "upstream_unavailable", "nobody"),
  content_blocked: row("person", false, "refused", false, "content_blocked", "nobody"),
} as const satisfies Record<FailureKind, FailureRow>;

function row(
  fault: Fault,
  isRetryable: boolean,
  certainty: Certainty,
  isPaged: boolean,
  reason: ErrorReason,
  blames: Blame,
): FailureRow {
  return { fault, isRetryable, certainty, isPaged, reason, blames };
}

export type FailureFacts = {
  kind: FailureKind;
  /** HTTP status of the answer, when there was one. */
  status?: number | undefined;
  /** The upstream's own code (`2009`, `RESOURCE_EXHAUSTED`, `E005`). */
  code?: string | undefined;
  /** How long the upstream asked to wait, milliseconds. */
  retryAfterMs?: number | undefined;
  /** For operators: short, with no prompt, no key and no upstream body. */
  detail: string;
  /** Fields of the input that were refused, by the upstream's names. */
  invalidFields?: { field: string; description: string }[] | undefined;
  /** The gateway's log row, when the answer came through it. */
  logId?: string | undefined;
};

/** A call upstream ended badly. Everything that follows from it is read off FAILURES, never off words in a message. */
export class UpstreamError extends Error {
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, cause?: unknown) {
    super(`${facts.kind}: ${facts.detail}`, { cause });
    this.name = "UpstreamError";
    this.facts = facts;
  }

  /** By name: Next bundles instrumentation and routes apart, so one process has this class twice. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, "UpstreamError");
  }

  get kind(): FailureKind {
    return this.facts.kind;
  }

  get rule(): FailureRow {
    return FAILURES[this.facts.kind];
  }
}
