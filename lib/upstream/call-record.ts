import "server-only";
import type { FailureFacts } from "./failure";
import type { Provider } from "./lanes";

/** One finished call, for the log, metrics and spans. Neither prompts nor keys nor addresses nor bodies. */
export type CallRecord = {
  /** Ours; sent as `cf-aig-event-id`, so that the gateway's row and our line are found by one word. */
  callId: string;
  operation:
    | "create"
    | "get"
    | "list"
    | "cancel"
    | "get_webhook_secret"
    | "get_text_model"
    | "generate_text"
    | "stream_text";
  provider: Provider;
  model: string | null;
  outcome: "ok" | "refused" | "ambiguous";
  failure: FailureFacts | null;
  tries: number;
  /** From the caller's call to its answer; a stream's to its end. */
  totalMs: number;
  /** Spent waiting for the upstream. */
  upstreamMs: number;
  /** Spent in line behind other calls of the kind, and between tries. */
  waitedMs: number;
  /** The gateway's log row. */
  logId: string | null;
  cacheStatus: string | null;
  /** Which way and which account answered last; both are ids, never addresses or keys. */
  routeId: string | null;
  isDirect: boolean;
  keyId: string | null;
  /** The provider's id of what it made. */
  responseId: string | null;
  finishReason: string | null;
  usage: { inputTokens: number; outputTokens: number } | null;
};

/** What a call learns about itself on the way. */
export type CallFacts = Omit<
  CallRecord,
  "callId" | "operation" | "provider" | "model" | "outcome" | "failure" | "totalMs"
>;

export function blankFacts(): CallFacts {
  return {
    tries: 0,
    upstreamMs: 0,
    waitedMs: 0,
    logId: null,
    cacheStatus: null,
    routeId: null,
    isDirect: false,
    keyId: null,
    responseId: null,
    finishReason: null,
    usage: null,
  };
}

/** The part of a call that is ours: neither the upstream's, nor spent waiting. Milliseconds. */
export function ownMs({ totalMs, upstreamMs, waitedMs }: CallRecord): number {
  return Math.max(0, totalMs - upstreamMs - waitedMs);
}
