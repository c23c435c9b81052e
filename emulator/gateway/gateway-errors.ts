import { htmlReply, jsonReply, type Reply, textReply } from "../core/reply.ts";

interface GatewayError {
  status: number;
  code: number;
  message: string;
}

/** The gateway's own refusals, by the name scenarios use. Codes are Cloudflare's documentation's or observed. */
export const GATEWAY_ERRORS = {
  unauthorized: { status: 401, code: 2009, message: "Unauthorized" },
  "rate-limited": { status: 429, code: 2003, message: "Rate limited" },
  "spend-limit": {
    status: 429,
    code: 2041,
    message:
      "Spend limit exceeded: rule '5e7f1b6b' (cost limit 100 per 604800s, sliding) for replicate black-forest-labs/flux-schnell",
  },
  "insufficient-credits": { status: 402, code: 2021, message: "Insufficient AI Gateway credits" },
  "unknown-alias": {
    status: 400,
    code: 2040,
    message: "Provider 'replicate' has no BYOK credential named 'spare'. Configured aliases: 'default'",
  },
  "prompt-blocked": { status: 424, code: 2016, message: "Prompt blocked due to security configurations" },
  "response-blocked": { status: 424, code: 2017, message: "Response blocked due to security configurations" },
  "scanner-unavailable": { status: 503, code: 7013, message: "Guardrails are temporarily unavailable" },
  "unknown-gateway": {
    status: 400,
    code: 2001,
    message: "Please configure AI Gateway in the Cloudflare dashboard",
  },
  // Seen in the wild without a meaning; the emulator uses it for a provider that gave no answer.
  "no-answer": { status: 502, code: 2005, message: "Failed to get a response from the provider" },
} as const satisfies Record<string, GatewayError>;

export type GatewayErrorName = keyof typeof GATEWAY_ERRORS;

/** Whether a word names one of the gateway's errors. */
export function isGatewayErrorName(word: string): word is GatewayErrorName {
  return Object.hasOwn(GATEWAY_ERRORS, word);
}

/** An error in the gateway's own envelope, observed by several: note that `error` is a list. */
export function gatewayError(name: GatewayErrorName, overrides: Partial<GatewayError> = {}): Reply {
  const { status, code, message } = { ...GATEWAY_ERRORS[name], ...overrides };
  return jsonReply(status, {
    success: false,
    result: [],
    messages: [],
    error: [{ code, message }],
    name: "AiGatewayError",
    httpCode: status,
    internalCode: code,
    message,
  });
}

/** 400 for an address the gateway has no route for; this one comes in the v4 envelope, with `errors`. */
export function noRoute(): Reply {
  return jsonReply(400, {
    success: false,
    errors: [{ code: 7000, message: "No route for that URI" }],
    messages: [],
    result: null,
  });
}

/** What the edge in front of the gateway says by itself, by the name scenarios use. */
export function edgeError(name: string): Reply {
  switch (name) {
    case "edge-blocked":
      return textReply(403, "error code: 1010");
    case "edge-timeout-problem":
      return jsonReply(
        524,
        {
          type: "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-524/",
          title: "Error 524: A timeout occurred",
          status: 524,
          detail: "The origin web server did not reply within the 120 second proxy read timeout.",
          cloudflare_error: true,
          retryable: true,
        },
        { "content-type": "application/problem+json" },
      );
    default:
      return htmlReply(524, "Error 524: A timeout occurred", "cloudflare");
  }
}
