import type { JsonValue } from "../../core/json.ts";
import { ODD_RESPONSES, ODD_TEXTS } from "../../gemini/odd-answers.ts";
import { STREAM_FORMS } from "../../gemini/stream-forms.ts";
import { rule, type Scenario, scenario } from "./scenario.ts";

const GROUP = "Gemini";
const BOTH = ["gemini.generate", "gemini.stream"] as const;
const TYPE = "type.googleapis.com/google.rpc.";

const RESPONSE_SENTENCES: Record<(typeof ODD_RESPONSES)[number], string> = {
  "blocked-safety": "Prompts are blocked for safety: 200, promptFeedback, no candidates.",
  "blocked-prohibited": "Prompts are blocked as prohibited content.",
  "blocked-blocklist": "Prompts are blocked by a word list.",
  "blocked-image-safety": "Prompts are blocked because of an image.",
  "blocked-other": "Prompts are blocked without a reason given.",
  "stopped-safety": "Answers stop for safety and have no content.",
  "stopped-recitation": "Answers stop because they recite a source.",
  "stopped-language": "Answers stop because the language is not supported.",
  "stopped-prohibited": "Answers stop as prohibited content; the client library returns an empty text.",
  "stopped-blocklist": "Answers stop at a forbidden word.",
  "stopped-spii": "Answers stop because of personal data.",
  "stopped-other": "Answers stop without a reason given.",
  "stopped-malformed-function-call": "Answers stop at a malformed function call, with a message.",
  "stopped-max-tokens": "Answers break off at the token limit.",
  "empty-max-tokens": "Thinking uses the whole token limit: the answer has no parts.",
  "no-content": "A candidate comes without content.",
  "no-parts": "A candidate's content comes without parts.",
  "no-candidates": "The answer has neither candidates nor feedback.",
  "empty-text": "The answer's text is empty.",
  "unknown-finish": "The finish reason is one nobody knows.",
  "unknown-fields": "The answer has fields nobody has documented.",
  "thought-parts": "A thought comes before the answer's text.",
};

const TEXT_SENTENCES: Record<(typeof ODD_TEXTS)[number], string> = {
  injection: "The text is an instruction to the reader.",
  url: "The text is an advertisement with an address.",
  "too-long": "The text has a hundred thousand characters.",
  "other-language": "The text is in a language nobody asked for.",
  "control-characters": "The text has NUL, direction overrides and escape codes in it.",
  "fenced-json": "The JSON comes inside a code fence.",
  "broken-json": "The JSON breaks off.",
  "wrong-schema": "The JSON is valid and has nothing of the schema.",
  html: "The text is HTML with a script.",
};

const STREAM_SENTENCES: Record<Exclude<(typeof STREAM_FORMS)[number], "">, string> = {
  cut: "Streams break after the first piece.",
  stall: "Streams stop after the first piece and stay open.",
  malformed: "A piece of the stream is not JSON.",
  comments: "Streams carry comments and event lines between the pieces.",
  "done-marker": "Streams end with [DONE], which Google never sends.",
  "split-characters": "Streams arrive seven bytes at a time.",
  "error-midway": "Streams turn into an error half way.",
  "blocked-midway": "Streams stop for safety half way.",
  "no-finish": "Streams end without a finish reason.",
};

function refusal(
  name: string,
  sentence: string,
  code: number,
  status: string,
  message: string,
  details: JsonValue[] = [],
): Scenario {
  const error = details.length > 0 ? { code, message, status, details } : { code, message, status };
  return scenario(GROUP, name, sentence, rule(BOTH, "answer", { status: code, json: { error } }));
}

function quota(id: string, value: string): JsonValue {
  return {
    "@type": `${TYPE}QuotaFailure`,
    violations: [
      {
        quotaMetric: "generativelanguage.googleapis.com/generate_content_paid_tier_requests",
        quotaId: id,
        quotaDimensions: { location: "global", model: "gemini-3.5-flash-lite" },
        quotaValue: value,
      },
    ],
  };
}

const MINUTE = quota("GenerateRequestsPerMinutePerProjectPerModel", "15");
const DAY = quota("GenerateRequestsPerDayPerProjectPerModel", "1500");
const EXHAUSTED = "You exceeded your current quota, please check your plan and billing details.";

/** Every block, stop, error and spoilt stream of the text models. */
export const GEMINI_SCENARIOS: readonly Scenario[] = [
  ...ODD_RESPONSES.map((form) =>
    scenario(GROUP, `gemini-${form}`, RESPONSE_SENTENCES[form], rule(BOTH, "gemini", { form })),
  ),
  ...ODD_TEXTS.map((form) =>
    scenario(GROUP, `gemini-text-${form}`, TEXT_SENTENCES[form], rule(BOTH, "gemini", { form })),
  ),
  ...STREAM_FORMS.filter((form) => form !== "").map((form) =>
    scenario(
      GROUP,
      `gemini-stream-${form}`,
      STREAM_SENTENCES[form],
      rule("gemini.stream", "stream", { form }),
    ),
  ),
  refusal(
    "gemini-bad-request",
    "Google finds the request malformed: 400.",
    400,
    "INVALID_ARGUMENT",
    "Request contains an invalid argument.",
  ),
  refusal(
    "gemini-invalid-key",
    "Google does not know the key: 400 with API_KEY_INVALID.",
    400,
    "INVALID_ARGUMENT",
    "API key not valid. Please pass a valid API key.",
    [
      {
        "@type": `${TYPE}ErrorInfo`,
        reason: "API_KEY_INVALID",
        domain: "googleapis.com",
        metadata: { service: "generativelanguage.googleapis.com" },
      },
      {
        "@type": `${TYPE}LocalizedMessage`,
        locale: "en-US",
        message: "API key not valid. Please pass a valid API key.",
      },
    ],
  ),
  refusal(
    "gemini-region",
    "The free tier is not available here: 400 FAILED_PRECONDITION.",
    400,
    "FAILED_PRECONDITION",
    "User location is not supported for the API use.",
  ),
  refusal(
    "gemini-no-credit",
    "The prepaid credit is gone: 402 RESOURCE_EXHAUSTED; retrying does not help.",
    402,
    "RESOURCE_EXHAUSTED",
    "Your prepaid credits are depleted.",
  ),
  refusal(
    "gemini-forbidden",
    "The key lacks the permission: 403.",
    403,
    "PERMISSION_DENIED",
    "Your API key does not have permission to use the specified resource.",
  ),
  refusal(
    "gemini-model-gone",
    "The model is gone: 404 with the advice to call ListModels.",
    404,
    "NOT_FOUND",
    "models/gemini-3.5-flash-lite is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.",
  ),
  refusal(
    "gemini-429-retry-info",
    "The minute's quota is used up: 429 with RetryInfo.",
    429,
    "RESOURCE_EXHAUSTED",
    `${EXHAUSTED}\nPlease retry in 26.17s.`,
    [MINUTE, { "@type": `${TYPE}RetryInfo`, retryDelay: "26s" }],
  ),
  refusal(
    "gemini-429-no-retry-info",
    "The minute's quota is used up: 429 without RetryInfo.",
    429,
    "RESOURCE_EXHAUSTED",
    EXHAUSTED,
    [MINUTE],
  ),
  refusal(
    "gemini-429-per-day",
    "The day's quota is used up: 429; waiting does not help.",
    429,
    "RESOURCE_EXHAUSTED",
    EXHAUSTED,
    [DAY],
  ),
  refusal(
    "gemini-499",
    "Google says the client went away: 499.",
    499,
    "CANCELLED",
    "The operation was cancelled.",
  ),
  refusal(
    "gemini-500",
    "Google fails: 500 INTERNAL.",
    500,
    "INTERNAL",
    "An internal error has occurred. Please retry.",
  ),
  refusal(
    "gemini-503",
    "The model is overloaded: 503 UNAVAILABLE.",
    503,
    "UNAVAILABLE",
    "The model is overloaded. Please try again later.",
  ),
  refusal(
    "gemini-504",
    "Google runs out of time: 504 DEADLINE_EXCEEDED.",
    504,
    "DEADLINE_EXCEEDED",
    "Deadline expired before operation could complete.",
  ),
  scenario(
    GROUP,
    "gemini-error-in-list",
    "Google's front end wraps its error in a list.",
    rule(BOTH, "answer", {
      status: 429,
      json: [{ error: { code: 429, message: EXHAUSTED, status: "RESOURCE_EXHAUSTED" } }],
    }),
  ),
  scenario(
    GROUP,
    "gemini-502-page",
    "A proxy answers 502 with a page.",
    rule(BOTH, "answer", { status: 502, html: "502 Bad Gateway" }),
  ),
  scenario(GROUP, "gemini-silence", "Gemini never answers.", rule(BOTH, "silence")),
  scenario(
    GROUP,
    "gemini-slow",
    "Gemini takes nine seconds to its first word.",
    rule(BOTH, "delay", { milliseconds: 9000 }),
  ),
  scenario(GROUP, "gemini-reset", "Connections to Gemini break.", rule(BOTH, "reset")),
  scenario(
    GROUP,
    "gemini-malformed",
    "Gemini answers 200 with JSON that does not parse.",
    rule("gemini.generate", "body", { form: "malformed" }),
  ),
];
