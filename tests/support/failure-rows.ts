import type { ERRORS } from "@/lib/errors";
import type { Fault } from "@/lib/upstream/failure";

/**
 * Every documented or observed error of the three upstreams, and all that follows from it: our kind, whether a read is
 * tried again, whether a create may have happened, whose fault it is, what the person is told, whether somebody is
 * paged. Read by status and typed body alone.
 */
export type Row = {
  of: "gateway" | "edge" | "replicate" | "gemini";
  status: number;
  body: unknown;
  kind: string;
  retry: boolean;
  create: "refused" | "ambiguous";
  fault: Fault;
  told: keyof typeof ERRORS;
  paged: boolean;
};

const gatewayError = (code: number) => ({
  success: false,
  result: [],
  messages: [],
  error: [{ code, message: "m" }],
  name: "AiGatewayError",
  internalCode: code,
});
const google = (code: number, status: string, details: object[] = []) => ({
  error: { code, message: "m", status, details },
});
const detail = (type: string, fields: object) => ({
  "@type": `type.googleapis.com/google.rpc.${type}`,
  ...fields,
});
/** A body of Replicate's. */
export const replicate = (status: number, title?: string, more: object = {}) => ({
  status,
  detail: "d",
  ...(title ? { title } : {}),
  ...more,
});

function row(
  of: Row["of"],
  status: number,
  body: unknown,
  outcome: `${string} ${"retry" | "final"} ${"refused" | "ambiguous"} ${Fault} ${keyof typeof ERRORS}${"" | " paged"}`,
): Row {
  const [kind = "", retry, create, fault, told, paged] = outcome.split(" ");
  return {
    of,
    status,
    body,
    kind,
    retry: retry === "retry",
    create: create === "refused" ? "refused" : "ambiguous",
    fault: fault === "person" || fault === "operator" ? fault : "upstream",
    told:
      told === "content_blocked" || told === "invalid_request" || told === "not_found"
        ? told
        : "upstream_unavailable",
    paged: paged === "paged",
  };
}

const AWAY = "upstream upstream_unavailable";
const OURS = "operator upstream_unavailable paged";
const HTML = "<!DOCTYPE html><html><body>Error</body></html>";

export const ROWS: Record<string, Row> = {
  // The gateway's own envelope.
  "401 / 2009 Unauthorized, which bursts are answered with too": row(
    "gateway",
    401,
    gatewayError(2009),
    `gateway_auth retry refused ${OURS}`,
  ),
  "429 / 2003 Rate limited": row(
    "gateway",
    429,
    gatewayError(2003),
    `gateway_rate_limited retry refused ${AWAY}`,
  ),
  "429 / 2041 spend limit": row(
    "gateway",
    429,
    gatewayError(2041),
    `gateway_spend_limit final refused ${OURS}`,
  ),
  "429 of unified billing, without a known code": row(
    "gateway",
    429,
    gatewayError(2990),
    `gateway_rate_limited retry refused ${AWAY}`,
  ),
  "402 / 2021 no credits at the gateway": row(
    "gateway",
    402,
    gatewayError(2021),
    `gateway_credit final refused ${OURS}`,
  ),
  "400 / 2040 no such key alias": row(
    "gateway",
    400,
    gatewayError(2040),
    `gateway_misconfigured final refused ${OURS}`,
  ),
  "424 / 2016 prompt blocked by guardrails": row(
    "gateway",
    424,
    gatewayError(2016),
    "guardrail_blocked final refused person content_blocked",
  ),
  "422 / 2017 answer blocked by guardrails, so a prediction may run": row(
    "gateway",
    422,
    gatewayError(2017),
    `gateway_unavailable retry ambiguous ${AWAY}`,
  ),
  "424 / 2017 the same by its other status": row(
    "gateway",
    424,
    gatewayError(2017),
    `gateway_unavailable retry ambiguous ${AWAY}`,
  ),
  "503 / 7013 guardrails' scanner away": row(
    "gateway",
    503,
    gatewayError(7013),
    `guardrail_unavailable retry ambiguous ${AWAY}`,
  ),
  "502 / 2005 no answer of the provider": row(
    "gateway",
    502,
    gatewayError(2005),
    `gateway_unavailable retry ambiguous ${AWAY}`,
  ),
  "400 / 7000 No route for that URI": row(
    "gateway",
    400,
    { success: false, errors: [{ code: 7000 }], result: null },
    `gateway_misconfigured final refused ${OURS}`,
  ),
  "403 / 10000 Authentication error": row(
    "gateway",
    403,
    { success: false, errors: [{ code: 10_000 }], result: null },
    `gateway_auth retry refused ${OURS}`,
  ),
  "[F-37] 408, the gateway's own time limit": row(
    "edge",
    408,
    "",
    `gateway_unavailable retry ambiguous ${AWAY}`,
  ),
  "[F-37] 524 as HTML": row("edge", 524, HTML, `gateway_unavailable retry ambiguous ${AWAY}`),
  "[F-37] 524 as problem+json": row(
    "edge",
    524,
    { type: "about:blank", title: "Origin timed out", status: 524 },
    `provider_unavailable retry ambiguous ${AWAY}`,
  ),
  "[F-37] 502 as HTML": row("edge", 502, HTML, `gateway_unavailable retry ambiguous ${AWAY}`),
  "[F-37] 499, hung up on behind a proxy": row(
    "edge",
    499,
    HTML,
    `gateway_unavailable retry ambiguous ${AWAY}`,
  ),
  "403 error code: 1010 as text": row("edge", 403, "error code: 1010", `edge_blocked final refused ${OURS}`),
  "404 that nobody's body explains": row("edge", 404, HTML, `gateway_misconfigured final refused ${OURS}`),
  "a redirect": row("edge", 301, "", `gateway_misconfigured final refused ${OURS}`),

  // Replicate.
  "[F-36] 401 Unauthenticated": row(
    "replicate",
    401,
    replicate(401, "Unauthenticated"),
    `provider_auth final refused ${OURS}`,
  ),
  "[F-36] 402 Insufficient credit": row(
    "replicate",
    402,
    replicate(402, "Insufficient credit"),
    `provider_credit final refused ${OURS}`,
  ),
  "[F-36] 403": row("replicate", 403, replicate(403), `provider_auth final refused ${OURS}`),
  "[F-50] 404 without a title, of a prediction": row(
    "replicate",
    404,
    replicate(404),
    "not_found final refused upstream not_found",
  ),
  "[F-50] 404 with a title": row(
    "replicate",
    404,
    replicate(404, "Not found"),
    "not_found final refused upstream not_found",
  ),
  "[F-36] 422 of a body that is no request for a prediction": row(
    "replicate",
    422,
    replicate(422, "Input validation failed", {
      invalid_fields: [
        { type: "required", field: "", description: "version is required" },
        { type: "additional_property_not_allowed", field: "", description: "Additional property model" },
      ],
    }),
    "provider_rejected_input final refused person invalid_request",
  ),
  "[F-36] 400": row(
    "replicate",
    400,
    replicate(400),
    "provider_rejected_input final refused person invalid_request",
  ),
  "[F-36] 413": row(
    "replicate",
    413,
    replicate(413),
    "provider_rejected_input final refused person invalid_request",
  ),
  "[F-36] 422 Input validation failed": row(
    "replicate",
    422,
    replicate(422, "Input validation failed", {
      invalid_fields: [{ type: "enum", field: "input.output_format", description: "must be one of" }],
    }),
    "provider_rejected_input final refused person invalid_request",
  ),
  "[F-36] 422 Invalid version or not permitted": row(
    "replicate",
    422,
    replicate(422, "Invalid version or not permitted"),
    `provider_model_missing final refused ${OURS}`,
  ),
  "[F-35] 429 with the wait in its sentence": row(
    "replicate",
    429,
    { detail: "Request was throttled. Your rate limit resets in ~30s." },
    `provider_rate_limited retry refused ${AWAY}`,
  ),
  "[F-35] 429 with retry_after": row(
    "replicate",
    429,
    replicate(429, undefined, { retry_after: 4 }),
    `provider_rate_limited retry refused ${AWAY}`,
  ),
  "[F-37] 500": row("replicate", 500, replicate(500), `provider_unavailable retry ambiguous ${AWAY}`),
  "[F-37] 503 as HTML": row("replicate", 503, HTML, `gateway_unavailable retry ambiguous ${AWAY}`),

  // Google.
  "400 INVALID_ARGUMENT": row(
    "gemini",
    400,
    google(400, "INVALID_ARGUMENT"),
    "provider_rejected_input final refused person invalid_request",
  ),
  "400 API_KEY_INVALID": row(
    "gemini",
    400,
    google(400, "INVALID_ARGUMENT", [detail("ErrorInfo", { reason: "API_KEY_INVALID" })]),
    `provider_auth final refused ${OURS}`,
  ),
  "400 FAILED_PRECONDITION": row(
    "gemini",
    400,
    google(400, "FAILED_PRECONDITION"),
    `provider_region final refused ${OURS}`,
  ),
  "402 RESOURCE_EXHAUSTED": row(
    "gemini",
    402,
    google(402, "RESOURCE_EXHAUSTED"),
    `provider_credit final refused ${OURS}`,
  ),
  "403 PERMISSION_DENIED": row(
    "gemini",
    403,
    google(403, "PERMISSION_DENIED"),
    `provider_auth final refused ${OURS}`,
  ),
  "404 NOT_FOUND, a retired model": row(
    "gemini",
    404,
    google(404, "NOT_FOUND"),
    `provider_model_missing final refused ${OURS}`,
  ),
  "[F-76] 429 RESOURCE_EXHAUSTED by the minute": row(
    "gemini",
    429,
    google(429, "RESOURCE_EXHAUSTED", [
      detail("QuotaFailure", { violations: [{ quotaId: "PerMinutePerProject" }] }),
    ]),
    `provider_rate_limited retry refused ${AWAY}`,
  ),
  "[F-76] 429 RESOURCE_EXHAUSTED by the day, where waiting does not help": row(
    "gemini",
    429,
    google(429, "RESOURCE_EXHAUSTED", [
      detail("QuotaFailure", { violations: [{ quotaId: "GenerateRequestsPerDayPerProject" }] }),
    ]),
    `provider_quota_exhausted final refused ${OURS}`,
  ),
  "499 CANCELLED": row(
    "gemini",
    499,
    google(499, "CANCELLED"),
    `provider_unavailable retry ambiguous ${AWAY}`,
  ),
  "[F-76] 500 INTERNAL": row(
    "gemini",
    500,
    google(500, "INTERNAL"),
    `provider_unavailable retry ambiguous ${AWAY}`,
  ),
  "[F-76] 503 UNAVAILABLE": row(
    "gemini",
    503,
    google(503, "UNAVAILABLE"),
    `provider_unavailable retry ambiguous ${AWAY}`,
  ),
  "[F-76] 504 DEADLINE_EXCEEDED": row(
    "gemini",
    504,
    google(504, "DEADLINE_EXCEEDED"),
    `provider_unavailable retry ambiguous ${AWAY}`,
  ),
  "[F-76] 503 as HTML": row("gemini", 503, HTML, `gateway_unavailable retry ambiguous ${AWAY}`),
  "503 in a one-element array": row(
    "gemini",
    503,
    [google(503, "UNAVAILABLE")],
    `provider_unavailable retry ambiguous ${AWAY}`,
  ),
};
