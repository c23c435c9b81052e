import { rule, type Scenario, scenario } from "./scenario.ts";

const GROUP = "The gateway itself";
const REQUEST = "gateway.request";

/** What Cloudflare's gateway and the edge before it do by themselves. */
export const GATEWAY_SCENARIOS: readonly Scenario[] = [
  scenario(
    GROUP,
    "gateway-unauthorized",
    "The gateway refuses its own token: 401 with code 2009.",
    rule(REQUEST, "gateway-error", { name: "unauthorized" }),
  ),
  scenario(
    GROUP,
    "gateway-unauthorized-burst",
    "The next three requests get 401 with code 2009 although the token is good, as a throttle in disguise.",
    rule(REQUEST, "gateway-error", { name: "unauthorized" }, { times: 3 }),
  ),
  scenario(
    GROUP,
    "gateway-rate-limited",
    "The gateway's rate limit is reached: 429 with code 2003.",
    rule(REQUEST, "gateway-error", { name: "rate-limited" }),
  ),
  scenario(
    GROUP,
    "gateway-spend-limit",
    "A spend limit of the gateway is used up: 429 with code 2041.",
    rule(REQUEST, "gateway-error", { name: "spend-limit" }),
  ),
  scenario(
    GROUP,
    "gateway-no-credits",
    "The gateway's prepaid credit is gone: 402 with code 2021.",
    rule(REQUEST, "gateway-error", { name: "insufficient-credits" }),
  ),
  scenario(
    GROUP,
    "gateway-unknown-alias",
    "No key is stored under the alias: 400 with code 2040.",
    rule(REQUEST, "gateway-error", { name: "unknown-alias" }),
  ),
  scenario(
    GROUP,
    "gateway-unknown",
    "The gateway does not exist: 400 with code 2001.",
    rule(REQUEST, "gateway-error", { name: "unknown-gateway" }),
  ),
  scenario(
    GROUP,
    "gateway-no-answer",
    "The gateway got no answer from the provider: 502 with code 2005.",
    rule(REQUEST, "gateway-error", { name: "no-answer" }),
  ),
  scenario(
    GROUP,
    "guardrails-block-prompt",
    "Guardrails block every prompt: 424 with code 2016.",
    rule(REQUEST, "gateway-error", { name: "prompt-blocked" }),
  ),
  scenario(
    GROUP,
    "guardrails-block-answer",
    "Guardrails block every answer: 424 with code 2017.",
    rule(REQUEST, "gateway-error", { name: "response-blocked" }),
  ),
  scenario(
    GROUP,
    "guardrails-down",
    "The guardrails' scanner is down: 503 with code 7013.",
    rule(REQUEST, "gateway-error", { name: "scanner-unavailable" }),
  ),
  scenario(
    GROUP,
    "edge-blocked",
    "The edge blocks the request before the gateway: 403, plain text, error code 1010.",
    rule(REQUEST, "gateway-error", { name: "edge-blocked" }),
  ),
  scenario(
    GROUP,
    "edge-timeout-page",
    "The edge gives up waiting: 524 with a page.",
    rule(REQUEST, "gateway-error", { name: "edge-timeout" }),
  ),
  scenario(
    GROUP,
    "edge-timeout-problem",
    "The edge gives up waiting: 524 with problem+json.",
    rule(REQUEST, "gateway-error", { name: "edge-timeout-problem" }),
  ),
  scenario(
    GROUP,
    "gateway-duplicates-creates",
    "The gateway calls upstream twice for each create and answers with the second.",
    rule(
      REQUEST,
      "gateway-duplicate",
      { copies: 1 },
      { where: { method: ["POST"], path: ["*/predictions"] } },
    ),
  ),
  scenario(
    GROUP,
    "gateway-replays-creates",
    "The gateway answers a create with what it answered to the one before, marked HIT.",
    rule(REQUEST, "gateway-cached-reply", {}, { where: { method: ["POST"], path: ["*/predictions"] } }),
  ),
  scenario(
    GROUP,
    "gateway-freezes-polls",
    "The gateway answers polls with its first answer, marked HIT.",
    rule(REQUEST, "gateway-cached-reply", {}, { where: { method: ["GET"], path: ["/predictions/*"] } }),
  ),
  scenario(
    GROUP,
    "gateway-slow",
    "The gateway adds two seconds to every request.",
    rule(REQUEST, "delay", { milliseconds: 2000 }),
  ),
  scenario(GROUP, "gateway-down", "Connections to the gateway break at once.", rule(REQUEST, "reset")),
  scenario(
    GROUP,
    "gateway-flaky",
    "One request in five to the gateway breaks.",
    rule(REQUEST, "reset", {}, { probability: 0.2 }),
  ),
];
