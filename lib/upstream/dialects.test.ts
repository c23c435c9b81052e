import { describe, expect, it } from "vitest";
import { type ErrorAnswer, readErrorAnswer } from "./dialects";
import type { FailureKind } from "./failure";

type Row = [name: string, answer: Partial<ErrorAnswer>, kind: FailureKind];

const NOW_MS = Date.parse("2026-11-23T10:00:00Z");

function read(answer: Partial<ErrorAnswer>) {
  return readErrorAnswer({
    provider: "replicate",
    status: 500,
    isCreate: false,
    header: () => undefined,
    text: "",
    nowMs: NOW_MS,
    ...answer,
  });
}

/** The gateway's own envelope, as observed: `error` is an array. */
const gateway = (code: number, message = "m") =>
  JSON.stringify({
    success: false,
    result: [],
    messages: [],
    error: [{ code, message }],
    name: "AiGatewayError",
    internalCode: code,
    message,
  });
const both = (row: Row): Row[] => [
  [`${row[0]} (replicate)`, { ...row[1], provider: "replicate" }, row[2]],
  [`${row[0]} (gemini)`, { ...row[1], provider: "gemini" }, row[2]],
];

const GATEWAY_ROWS: Row[] = [
  ...both(["401 / 2009, a wrong token", { status: 401, text: gateway(2009) }, "gateway_auth"]),
  ...both(["429 / 2003, its rate limit", { status: 429, text: gateway(2003) }, "gateway_rate_limited"]),
  ...both(["429 / 2041, its spend limit", { status: 429, text: gateway(2041) }, "gateway_spend_limit"]),
  ...both(["429 with a code nobody knows", { status: 429, text: gateway(2999) }, "gateway_rate_limited"]),
  ...both(["402 / 2021, its credit", { status: 402, text: gateway(2021) }, "gateway_credit"]),
  ...both(["400 / 2040, a key alias", { status: 400, text: gateway(2040) }, "gateway_misconfigured"]),
  ...both(["424 / 2016, a blocked prompt", { status: 424, text: gateway(2016) }, "guardrail_blocked"]),
  ...both(["503 / 7013, no scanner", { status: 503, text: gateway(7013) }, "guardrail_unavailable"]),
  ...both([
    "502 / 2005, no answer of the provider",
    { status: 502, text: gateway(2005) },
    "gateway_unavailable",
  ]),
  ...both(["401 with a code nobody knows", { status: 401, text: gateway(2999) }, "gateway_auth"]),
  ...both(["500 with a code nobody knows", { status: 500, text: gateway(2999) }, "gateway_unavailable"]),
  ...both([
    "400 / 7000 in the envelope of the API",
    {
      status: 400,
      text: '{"success":false,"errors":[{"code":7000,"message":"No route for that URI"}],"result":null}',
    },
    "gateway_misconfigured",
  ]),
  ...both([
    "10000 in the envelope of the API",
    { status: 403, text: '{"errors":[{"code":10000,"message":"Authentication error"}],"result":null}' },
    "gateway_auth",
  ]),
  // The provider had answered before the response was blocked: a prediction may well run.
  ["424 / 2017, a blocked answer (replicate)", { status: 424, text: gateway(2017) }, "gateway_unavailable"],
  [
    "424 / 2017, a blocked answer (gemini)",
    { provider: "gemini", status: 424, text: gateway(2017) },
    "guardrail_blocked",
  ],
];

const title = (status: number, fields: object) => JSON.stringify({ status, ...fields });

const REPLICATE_ROWS: Row[] = [
  ["401", { status: 401, text: title(401, { title: "Unauthenticated", detail: "d" }) }, "provider_auth"],
  ["403", { status: 403, text: title(403, { detail: "d" }) }, "provider_auth"],
  [
    "402",
    { status: 402, text: title(402, { title: "Insufficient credit", detail: "d" }) },
    "provider_credit",
  ],
  ["404 without a title", { status: 404, text: title(404, { detail: "d" }) }, "not_found"],
  ["400", { status: 400, text: title(400, { detail: "d" }) }, "provider_rejected_input"],
  [
    "409, which is as plain a no",
    { status: 409, text: title(409, { detail: "d" }) },
    "provider_rejected_input",
  ],
  ["413", { status: 413, text: title(413, { detail: "d" }) }, "provider_rejected_input"],
  [
    "422 that names fields",
    {
      status: 422,
      text: title(422, {
        title: "Input validation failed",
        detail: "- input.output_format: x\n",
        invalid_fields: [{ type: "enum", field: "input.output_format", description: "must be one of" }],
      }),
    },
    "provider_rejected_input",
  ],
  [
    "422 of a version that is not permitted",
    { status: 422, text: title(422, { title: "Invalid version or not permitted", detail: "d" }) },
    "provider_model_missing",
  ],
  ["429", { status: 429, text: '{"detail":"Request was throttled."}' }, "provider_rate_limited"],
  ["408", { status: 408, text: '{"detail":"too slow"}' }, "provider_unavailable"],
  ["500", { status: 500, text: '{"detail":"oops"}' }, "provider_unavailable"],
  ["503", { status: 503, text: '{"title":"Unavailable"}' }, "provider_unavailable"],
];

const google = (code: number, status: string, details: object[] = []) =>
  JSON.stringify({ error: { code, message: "m", status, details } });
const detail = (type: string, fields: object) => ({
  "@type": `type.googleapis.com/google.rpc.${type}`,
  ...fields,
});
const DAILY_QUOTA = detail("QuotaFailure", {
  violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }],
});
const MINUTE_QUOTA = detail("QuotaFailure", {
  violations: [{ quotaId: "GenerateRequestsPerMinutePerProject" }],
});

const GEMINI_ROWS: Row[] = (
  [
    ["400 malformed", 400, google(400, "INVALID_ARGUMENT"), "provider_rejected_input"],
    [
      "400 of an invalid key",
      400,
      google(400, "INVALID_ARGUMENT", [detail("ErrorInfo", { reason: "API_KEY_INVALID" })]),
      "provider_auth",
    ],
    ["400 of a region", 400, google(400, "FAILED_PRECONDITION"), "provider_region"],
    ["402, the prepaid credit", 402, google(402, "RESOURCE_EXHAUSTED"), "provider_credit"],
    ["403", 403, google(403, "PERMISSION_DENIED"), "provider_auth"],
    ["401", 401, google(401, "UNAUTHENTICATED"), "provider_auth"],
    ["404, a retired model", 404, google(404, "NOT_FOUND"), "provider_model_missing"],
    ["429 by the minute", 429, google(429, "RESOURCE_EXHAUSTED", [MINUTE_QUOTA]), "provider_rate_limited"],
    ["429 without details", 429, google(429, "RESOURCE_EXHAUSTED"), "provider_rate_limited"],
    ["429 by the day", 429, google(429, "RESOURCE_EXHAUSTED", [DAILY_QUOTA]), "provider_quota_exhausted"],
    ["499", 499, google(499, "CANCELLED"), "provider_unavailable"],
    ["500", 500, google(500, "INTERNAL"), "provider_unavailable"],
    ["503, overloaded", 503, google(503, "UNAVAILABLE"), "provider_unavailable"],
    ["504", 504, google(504, "DEADLINE_EXCEEDED"), "provider_unavailable"],
    ["503 in a one-element array", 503, `[${google(503, "UNAVAILABLE")}]`, "provider_unavailable"],
  ] as const
).map(([name, status, text, kind]): Row => [name, { provider: "gemini", status, text }, kind]);

const HTML = "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>";

const EDGE_ROWS: Row[] = [
  ...both(["403 error code: 1010 as text", { status: 403, text: "error code: 1010" }, "edge_blocked"]),
  ...both(["401 as HTML", { status: 401, text: HTML }, "edge_blocked"]),
  ...both(["404 as HTML", { status: 404, text: HTML }, "gateway_misconfigured"]),
  ...both(["302", { status: 302, text: "" }, "gateway_misconfigured"]),
  ...both(["429 as HTML", { status: 429, text: HTML }, "gateway_rate_limited"]),
  ...both(["408 as text", { status: 408, text: "timeout" }, "gateway_unavailable"]),
  ...[500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530].flatMap((status) =>
    both([`${status} as HTML`, { status, text: HTML }, "gateway_unavailable"]),
  ),
  [
    "524 as problem+json",
    { status: 524, text: '{"type":"about:blank","title":"Origin timed out","status":524}' },
    "provider_unavailable",
  ],
  ...both(["500 with an empty body", { status: 500, text: "" }, "gateway_unavailable"]),
  ...both(["500 with JSON of another shape", { status: 500, text: '{"error":"x"}' }, "gateway_unavailable"]),
  ...both(["500 with a bare null", { status: 500, text: "null" }, "gateway_unavailable"]),
  ...both(["500 with an empty list of errors", { status: 500, text: '{"error":[]}' }, "gateway_unavailable"]),
];

describe.for([
  ["the gateway", GATEWAY_ROWS],
  ["Replicate", REPLICATE_ROWS],
  ["Gemini", GEMINI_ROWS],
  ["the edge", EDGE_ROWS],
] as const)("an error of %s", ([, rows]) => {
  it.for(rows)("is known by its body and status: %s", ([, answer, kind]) => {
    const error = read(answer);
    expect(error.kind).toBe(kind);
    expect(error.facts.status).toBe(answer.status ?? 500);
  });
});

describe("what is read besides", () => {
  it("prefers the body's wait to the header's, and knows every place of it", () => {
    const header = (name: string) => (name === "retry-after" ? "9" : undefined);
    const throttled = (fields: object) => read({ status: 429, text: title(429, fields), header });
    expect(throttled({ detail: "d", retry_after: 4 }).facts.retryAfterMs).toBe(4_000);
    expect(throttled({ detail: "Your rate limit resets in ~30s." }).facts.retryAfterMs).toBe(30_000);
    expect(throttled({ detail: "d" }).facts.retryAfterMs).toBe(9_000);
    expect(read({ status: 429, text: gateway(2003), header }).facts.retryAfterMs).toBe(9_000);
    const retry = google(429, "RESOURCE_EXHAUSTED", [
      MINUTE_QUOTA,
      detail("RetryInfo", { retryDelay: "26s" }),
    ]);
    expect(read({ provider: "gemini", status: 429, text: retry, header }).facts.retryAfterMs).toBe(26_000);
  });

  it("keeps the gateway's log id, the code and the refused fields", () => {
    const header = (name: string) => (name === "cf-aig-log-id" ? "01LOG" : undefined);
    expect(read({ status: 401, text: gateway(2009), header }).facts).toMatchObject({
      logId: "01LOG",
      code: "2009",
    });
    const fields = [{ type: "enum", field: "input.steps", description: "must be at most 4" }];
    const refused = read({ status: 422, text: title(422, { detail: "d", invalid_fields: fields }) });
    expect(refused.facts.invalidFields).toEqual([{ field: "input.steps", description: "must be at most 4" }]);
  });

  it("never lets an upstream's words into what operators read", () => {
    const SECRET = "a cat with the password hunter2";
    const texts = [gateway(2009, SECRET), title(422, { detail: SECRET }), google(500, "X"), SECRET];
    for (const provider of ["replicate", "gemini"] as const) {
      for (const text of texts) {
        expect(read({ provider, status: 422, text }).message).not.toContain("hunter2");
      }
    }
  });
});
