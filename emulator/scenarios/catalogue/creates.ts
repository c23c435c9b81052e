import { rule, type Scenario, scenario } from "./scenario.ts";

const GROUP = "Creating a prediction";
const CREATE = "replicate.create";

/** A create that ends without a usable answer, before or after upstream accepted it. */
export const CREATE_SCENARIOS: readonly Scenario[] = [
  scenario(
    GROUP,
    "create-accepted-then-silence",
    "Upstream accepts the create and never answers.",
    rule(CREATE, "silence", { accepts: true }),
  ),
  scenario(
    GROUP,
    "create-silence",
    "Upstream neither accepts the create nor answers.",
    rule(CREATE, "silence"),
  ),
  scenario(
    GROUP,
    "create-accepted-then-reset",
    "Upstream accepts the create, then the connection breaks.",
    rule(CREATE, "reset", { accepts: true }),
  ),
  scenario(
    GROUP,
    "create-reset",
    "The connection breaks before upstream accepts the create.",
    rule(CREATE, "reset"),
  ),
  scenario(
    GROUP,
    "create-truncated",
    "Upstream accepts the create; its answer breaks off half way.",
    rule(CREATE, "truncate", { fraction: 0.5 }),
  ),
  scenario(
    GROUP,
    "create-slow-loris",
    "Upstream accepts the create and answers ten bytes a second.",
    rule(CREATE, "drip", { bytesPerSecond: 10 }),
  ),
  scenario(
    GROUP,
    "create-headers-then-silence",
    "Upstream accepts the create, sends the headers, and no body ever.",
    rule(CREATE, "silence", { accepts: true, headersFirst: true }),
  ),
  scenario(
    GROUP,
    "create-slow",
    "Upstream takes eight seconds to answer a create.",
    rule(CREATE, "delay", { milliseconds: 8000 }),
  ),
  scenario(
    GROUP,
    "create-heavy-tail",
    "A create is answered in a fifth of a second as a rule, but one in ten takes twenty.",
    rule(CREATE, "delay", { latency: { medianMs: 200, p90Ms: 600, slowShare: 0.1, slowMs: 20_000 } }),
  ),
  scenario(
    GROUP,
    "create-accepted-then-502",
    "Upstream accepts the create; a proxy answers 502 with a page.",
    rule(CREATE, "answer", { status: 502, html: "502 Bad Gateway", accepts: true }),
  ),
  scenario(
    GROUP,
    "create-accepted-then-500",
    "Upstream accepts the create and answers 500 in JSON.",
    rule(CREATE, "answer", {
      status: 500,
      json: { detail: "Internal server error", status: 500 },
      accepts: true,
    }),
  ),
  scenario(
    GROUP,
    "create-500",
    "Upstream answers 500 in JSON and has not accepted.",
    rule(CREATE, "answer", { status: 500, json: { detail: "Internal server error", status: 500 } }),
  ),
  scenario(
    GROUP,
    "create-503",
    "Upstream is unavailable: 503 with a page.",
    rule(CREATE, "answer", { status: 503, html: "503 Service Temporarily Unavailable" }),
  ),
  scenario(
    GROUP,
    "create-504",
    "A proxy gives up on the create: 504 with a page; upstream accepted it.",
    rule(CREATE, "answer", { status: 504, html: "504 Gateway Time-out", accepts: true }),
  ),
  scenario(
    GROUP,
    "create-520",
    "Cloudflare's edge answers 520 with a page.",
    rule(CREATE, "answer", { status: 520, html: "520: Web server is returning an unknown error" }),
  ),
  scenario(
    GROUP,
    "create-522",
    "Cloudflare's edge cannot reach upstream: 522 with a page.",
    rule(CREATE, "answer", { status: 522, html: "522: Connection timed out" }),
  ),
  scenario(
    GROUP,
    "create-400",
    "Upstream refuses the create with 400.",
    rule(CREATE, "answer", { status: 400, json: { detail: "Bad request", status: 400 } }),
  ),
  scenario(
    GROUP,
    "create-401",
    "Replicate does not know the token: 401.",
    rule(CREATE, "answer", {
      status: 401,
      json: {
        title: "Unauthenticated",
        detail: "You did not pass a valid authentication token",
        status: 401,
      },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-402",
    "The Replicate account is out of credit: 402.",
    rule(CREATE, "answer", {
      status: 402,
      json: {
        title: "Insufficient credit",
        detail:
          "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit. Once you purchase credit, please wait a few minutes before trying again.",
        status: 402,
      },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-403",
    "Replicate forbids the call: 403.",
    rule(CREATE, "answer", {
      status: 403,
      json: { title: "Forbidden", detail: "You do not have permission to perform this action.", status: 403 },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-404",
    "Replicate does not find the model: 404.",
    rule(CREATE, "answer", {
      status: 404,
      json: { detail: "The requested resource could not be found.", status: 404 },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-413",
    "The create is too large: 413 with a page.",
    rule(CREATE, "answer", { status: 413, html: "413 Request Entity Too Large" }),
  ),
  scenario(
    GROUP,
    "create-422",
    "Replicate refuses the input: 422 with the field named.",
    rule(CREATE, "answer", {
      status: 422,
      json: {
        detail: '- input.output_format: output_format must be one of the following: "jpg", "png"\n',
        status: 422,
        title: "Input validation failed",
        invalid_fields: [
          {
            type: "enum",
            field: "input.output_format",
            description: 'output_format must be one of the following: "jpg", "png"',
          },
        ],
      },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-429-body",
    "Replicate throttles: 429 with the seconds in the body and no header.",
    rule(CREATE, "answer", {
      status: 429,
      json: { detail: "Request was throttled. Your rate limit resets in ~5s.", status: 429, retry_after: 5 },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-429-header",
    "Replicate throttles: 429 with a Retry-After header.",
    rule(CREATE, "answer", {
      status: 429,
      json: { detail: "Request was throttled. Your rate limit resets in ~5s.", status: 429, retry_after: 5 },
      headers: { "retry-after": "5" },
      type: "application/problem+json",
    }),
  ),
  scenario(
    GROUP,
    "create-429-sentence",
    "Replicate throttles in the older way: 429 with nothing but a sentence.",
    rule(CREATE, "answer", {
      status: 429,
      json: { detail: "Request was throttled. Your rate limit resets in ~30s." },
    }),
  ),
  scenario(
    GROUP,
    "create-429-once",
    "The next create alone is throttled for a second.",
    rule(
      CREATE,
      "answer",
      {
        status: 429,
        json: {
          detail: "Request was throttled. Your rate limit resets in ~1s.",
          status: 429,
          retry_after: 1,
        },
      },
      { times: 1 },
    ),
  ),
];
