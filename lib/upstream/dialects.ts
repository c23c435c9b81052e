import "server-only";
import { z } from "zod";
import { type FailureFacts, type FailureKind, UpstreamError } from "./failure";
import { parseDuration, parseResetSentence, parseRetryAfterHeader, parseSeconds } from "./retry-after";

/**
 * One parser for the four ways an error arrives through an AI Gateway:
 * - the gateway's own: `{name: "AiGatewayError", error: [{code, message}]}`, or `{errors: […], result: null}`
 * - Replicate's: `{title, detail, status, invalid_fields?, retry_after?}`
 * - Google's: `{error: {code, message, status, details}}`, sometimes wrapped in a one-element array
 * - the edge's: HTML, `error code: 1010` as plain text, or problem+json
 */
export type ErrorAnswer = {
  provider: "replicate" | "gemini";
  status: number;
  /** Whether it answers a create, where nothing but the model can be what was not found. */
  isCreate: boolean;
  header(name: string): string | undefined;
  text: string;
  nowMs: number;
};

const coded = z.array(z.looseObject({ code: z.number(), message: z.string().optional() })).min(1);
const gatewayBody = z.union([
  z.looseObject({ error: coded }).transform((body) => body.error),
  z.looseObject({ errors: coded }).transform((body) => body.errors),
]);
const googleError = z.looseObject({
  code: z.number().optional(),
  status: z.string().optional(),
  message: z.string().optional().catch(undefined),
  details: z.array(z.looseObject({ "@type": z.string().optional() })).optional(),
});
const googleBody = z.union([
  z.looseObject({ error: googleError }).transform((body) => body.error),
  z.tuple([z.looseObject({ error: googleError })]).transform(([body]) => body.error),
]);
const replicateBody = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  retry_after: z.number().optional(),
  invalid_fields: z.array(z.looseObject({ field: z.string(), description: z.string() })).optional(),
});

/** Codes of the gateway's own errors, from its documentation or observed. */
const GATEWAY_CODES: Record<number, FailureKind> = {
  2001: "gateway_misconfigured",
  2003: "gateway_rate_limited",
  2005: "gateway_unavailable",
  2009: "gateway_auth",
  2016: "guardrail_blocked",
  2021: "gateway_credit",
  2040: "gateway_misconfigured",
  2041: "gateway_spend_limit",
  7000: "gateway_misconfigured",
  7013: "guardrail_unavailable",
  10000: "gateway_auth",
};

/** An error answer as an UpstreamError, whatever it looks like. */
export function readErrorAnswer(answer: ErrorAnswer): UpstreamError {
  const body = parseJson(answer.text);
  const headerMs = parseRetryAfterHeader(answer.header("retry-after"), answer.nowMs);
  const facts =
    readGateway(answer, body) ??
    (answer.provider === "gemini" ? readGoogle(answer, body) : readReplicate(answer, body)) ??
    readEdge(answer);
  return new UpstreamError({
    ...facts,
    status: answer.status,
    retryAfterMs: facts.retryAfterMs ?? headerMs,
    logId: answer.header("cf-aig-log-id"),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readGateway(answer: ErrorAnswer, body: unknown): FailureFacts | undefined {
  const parsed = gatewayBody.safeParse(body);
  const code = parsed.data?.[0]?.code;
  if (code === undefined) {
    return undefined;
  }
  if (code === 2017) {
    // The response was blocked, so the request had been carried out.
    return {
      kind: answer.provider === "replicate" ? "gateway_unavailable" : "guardrail_blocked",
      code: "2017",
      detail: "gateway error 2017",
    };
  }
  return {
    kind: GATEWAY_CODES[code] ?? kindOfUnknownCode(answer.status),
    code: String(code),
    detail: `gateway error ${code}`,
  };
}

/** Codes are only partly documented; these two statuses say for certain that nothing was passed on. */
function kindOfUnknownCode(status: number): FailureKind {
  switch (status) {
    case 401:
      return "gateway_auth";
    case 429:
      return "gateway_rate_limited";
    default:
      return "gateway_unavailable";
  }
}

function readGoogle(answer: ErrorAnswer, body: unknown): FailureFacts | undefined {
  const parsed = googleBody.safeParse(body);
  if (!parsed.success) {
    return undefined;
  }
  const { status: code, message, details = [] } = parsed.data;
  const find = (type: string) =>
    details.find((item) => item["@type"] === `type.googleapis.com/google.rpc.${type}`);
  const isKeyInvalid = details.some((item) => item.reason === "API_KEY_INVALID");
  // A quota by the day does not come back by waiting, although it is a 429 like any other.
  const isDaily = JSON.stringify(find("QuotaFailure") ?? "").includes("PerDay");
  const delay = find("RetryInfo")?.retryDelay;
  return {
    kind: kindOfGoogleStatus(answer.status, { isKeyInvalid, isDaily, code }),
    code,
    // RetryInfo is sometimes left out, and its seconds are in the sentence all the same.
    retryAfterMs: parseDuration(typeof delay === "string" ? delay : undefined) ?? parseResetSentence(message),
    detail: `Gemini answered ${answer.status} ${code ?? ""}`.trim(),
  };
}

function kindOfGoogleStatus(
  status: number,
  facts: { isKeyInvalid: boolean; isDaily: boolean; code: string | undefined },
): FailureKind {
  switch (status) {
    case 400:
      if (facts.isKeyInvalid) {
        return "provider_auth";
      }
      return facts.code === "FAILED_PRECONDITION" ? "provider_region" : "provider_rejected_input";
    case 401:
    case 403:
      return "provider_auth";
    case 402:
      return "provider_credit";
    case 404:
      return "provider_model_missing";
    case 429:
      return facts.isDaily ? "provider_quota_exhausted" : "provider_rate_limited";
    default:
      return "provider_unavailable";
  }
}

function readReplicate(answer: ErrorAnswer, body: unknown): FailureFacts | undefined {
  const parsed = replicateBody.safeParse(body);
  if (!parsed.success || (parsed.data.detail === undefined && parsed.data.title === undefined)) {
    return undefined;
  }
  const { detail, retry_after: retryAfter, invalid_fields: invalidFields } = parsed.data;
  return {
    kind: kindOfReplicateStatus(answer, invalidFields !== undefined),
    retryAfterMs: parseSeconds(retryAfter) ?? parseResetSentence(detail),
    invalidFields: invalidFields?.map(({ field, description }) => ({ field, description })),
    detail: `Replicate answered ${answer.status}`,
  };
}

function kindOfReplicateStatus({ status, isCreate }: ErrorAnswer, hasInvalidFields: boolean): FailureKind {
  switch (status) {
    case 400:
    case 409:
    case 413:
      return "provider_rejected_input";
    case 401:
    case 403:
      return "provider_auth";
    case 402:
      return "provider_credit";
    case 404:
      return isCreate ? "provider_model_missing" : "not_found";
    case 422:
      // Without fields it is the version that was refused: "Invalid version or not permitted".
      return hasInvalidFields ? "provider_rejected_input" : "provider_model_missing";
    case 429:
      return "provider_rate_limited";
    default:
      return "provider_unavailable";
  }
}

/** A proxy on the way gave up or was hung up on: what stands behind it may have gone on. */
const CUT_OFF_STATUSES = [408, 499];

function readEdge(answer: ErrorAnswer): FailureFacts {
  const detail = `an answer ${answer.status} that is neither the gateway's nor the provider's`;
  switch (answer.status) {
    case 401:
    case 403:
      return { kind: "edge_blocked", detail };
    case 404:
      return { kind: "gateway_misconfigured", detail };
    case 429:
      return { kind: "gateway_rate_limited", detail };
    default:
      return {
        kind:
          answer.status >= 500 || CUT_OFF_STATUSES.includes(answer.status)
            ? "gateway_unavailable"
            : "gateway_misconfigured",
        detail,
      };
  }
}
