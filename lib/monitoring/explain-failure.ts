import "server-only";
import type { FailureFacts, FailureKind } from "@/lib/upstream/failure";
import type { Provider } from "@/lib/upstream/lanes";

/** What an operator reads about a failure: what was seen, and what to do. AI_GATEWAY_SETUP.md quotes these sentences. */
export type Explanation = { detail: string; remedy: string };

type Context = {
  facts: FailureFacts;
  provider: Provider;
  model: string | null;
  /** Whether a key of ours is sent; without one the gateway must hold it. */
  hasKey: boolean;
  hasGatewayToken: boolean;
};

type Explain = (context: Context) => Explanation;

const PROVIDERS = {
  replicate: {
    title: "Replicate",
    variable: "REPLICATE_API_TOKEN",
    keys: "https://replicate.com/account/api-tokens",
    billing: "https://replicate.com/account/billing",
  },
  gemini: {
    title: "Google",
    variable: "GEMINI_API_KEY",
    keys: "https://aistudio.google.com/apikey",
    billing: "https://aistudio.google.com/usage",
  },
} as const satisfies Record<Provider, Record<string, string>>;

const GATEWAY_DASHBOARD = "the Cloudflare dashboard, AI > AI Gateway";

const EXPLANATIONS = {
  unreachable: explainUnreachable,
  timeout: upstreamTrouble("took the request and did not answer in time"),
  connection_lost: upstreamTrouble("took the request, and the connection broke before the answer was whole"),
  unreadable_answer: ({ facts }) => ({
    detail: `The answer was not understood: ${facts.detail}.`,
    remedy:
      "See that CLOUDFLARE_AI_GATEWAY_URL leads to Cloudflare itself and not to a proxy or a sign-in page, then try again.",
  }),
  gateway_auth: ({ hasGatewayToken }) => ({
    detail: hasGatewayToken
      ? "The gateway refuses CLOUDFLARE_AI_GATEWAY_TOKEN (401)."
      : "The gateway wants a token, and CLOUDFLARE_AI_GATEWAY_TOKEN is unset (401).",
    remedy:
      "Make a Cloudflare API token with the permission AI Gateway: Run, in the account of the gateway, and set CLOUDFLARE_AI_GATEWAY_TOKEN to it. A Replicate or Google key does not belong there.",
  }),
  gateway_misconfigured: explainMisconfigured,
  gateway_rate_limited: () => ({
    detail: "The gateway's own rate limit is used up (429).",
    remedy: `Wait a minute and try again, or raise the limit: ${GATEWAY_DASHBOARD}, the gateway's Settings, Rate limiting.`,
  }),
  gateway_spend_limit: () => ({
    detail: "A spend limit of the gateway is reached (429, code 2041).",
    remedy: `Raise the limit, or wait until its window ends: ${GATEWAY_DASHBOARD}, the gateway's Spend limits.`,
  }),
  gateway_credit: () => ({
    detail: "The Cloudflare account has no AI Gateway credits left (402, code 2021).",
    remedy:
      "Set REPLICATE_API_TOKEN and GEMINI_API_KEY, so that nothing is billed through Cloudflare; or add credits there.",
  }),
  gateway_unavailable: upstreamTrouble("or the gateway before it answered with an error of its own"),
  guardrail_blocked: () => ({
    detail: "The gateway's guardrails blocked a harmless prompt.",
    remedy: `Turn the category that blocks to Flag: ${GATEWAY_DASHBOARD}, the gateway's Settings, Guardrails. They understand no Chinese.`,
  }),
  guardrail_unavailable: () => ({
    detail: "The gateway's guardrails could not look at the prompt, and block when they cannot (503).",
    remedy: "Try again in a minute. Guardrails set to Flag instead of Block let such requests pass.",
  }),
  edge_blocked: ({ facts }) => ({
    detail: `Cloudflare's edge turned the request away before the gateway saw it (${describeStatus(facts)}).`,
    remedy: "Run this from another network, or see whether a proxy or a firewall rule stands in the way.",
  }),
  provider_auth: ({ facts, provider, hasKey }) => {
    const { title, variable, keys } = PROVIDERS[provider];
    return hasKey
      ? {
          detail: `The gateway works; ${title} refuses ${variable} (${describeStatus(facts)}).`,
          remedy: `Make a new key at ${keys} and set ${variable} to it.`,
        }
      : {
          detail: `The gateway works; ${title} got no valid key (${describeStatus(facts)}), and ${variable} is unset.`,
          remedy: `Set ${variable} (${keys}), or store the key with the gateway: ${GATEWAY_DASHBOARD}, Provider keys.`,
        };
  },
  provider_credit: ({ provider }) => ({
    detail: `${PROVIDERS[provider].title}'s account has no credit left (402).`,
    remedy: `Add credit at ${PROVIDERS[provider].billing}; it counts after a few minutes.`,
  }),
  provider_rejected_input: ({ facts, provider }) => {
    const fields = (facts.invalidFields ?? []).map(({ field, description }) => `${field}: ${description}`);
    const isWebhook = (facts.invalidFields ?? []).some(({ field }) => field.startsWith("webhook"));
    return {
      detail: `${PROVIDERS[provider].title} refuses the request's input${fields.length > 0 ? ` (${fields.join("; ")})` : ""}.`,
      remedy: isWebhook
        ? "Set NEXT_PUBLIC_SITE_URL to the public https address of the app: webhooks are sent to it."
        : "The model's inputs have changed: compare its entry in lib/ai-gateway-utils.ts with the model's API page.",
    };
  },
  provider_model_missing: ({ provider, model }) => ({
    detail: `${PROVIDERS[provider].title} does not have the model ${model ?? "asked for"} (any more).`,
    remedy:
      provider === "gemini"
        ? "Put a living one in its place with GEMINI_UPSTREAM_MODELS (identifier=model); https://ai.google.dev/gemini-api/docs/models lists them."
        : "Name a living model as its upstreamModel in lib/ai-gateway-utils.ts, or pause it: npm run ops:pause-model.",
  }),
  provider_rate_limited: ({ facts, provider }) => ({
    detail: `${PROVIDERS[provider].title} throttles this account (429).`,
    remedy: `Wait ${Math.max(1, Math.ceil((facts.retryAfterMs ?? 60_000) / 1000))} s and try again. An account with little credit is held to a few calls a minute.`,
  }),
  provider_quota_exhausted: ({ provider }) => ({
    detail: `The day's quota of this ${PROVIDERS[provider].title} key is used up (429).`,
    remedy: `Wait for tomorrow, or turn billing on for the key's project: ${PROVIDERS[provider].billing}.`,
  }),
  provider_region: () => ({
    detail: "Google does not serve this key's project from here (400, FAILED_PRECONDITION).",
    remedy: "Turn billing on for the project, or run the app in a region that Google AI Studio serves.",
  }),
  provider_unavailable: upstreamTrouble("answered with an error of its own"),
  not_found: ({ provider }) => ({
    detail: `${PROVIDERS[provider].title} does not know what was asked for (404).`,
    remedy:
      "The account's default may be missing, or the gateway does not pass this path on: look at the call in the gateway's log.",
  }),
  circuit_open: waiting,
  saturated: waiting,
  content_blocked: ({ provider }) => ({
    detail: `${PROVIDERS[provider].title} withheld its answer to a harmless prompt.`,
    remedy: "Try again. If it stays so, set GEMINI_MODEL to the other one.",
  }),
} as const satisfies Record<FailureKind, Explain>;

/** A failure in an operator's terms: which side it is on, and the one thing to do. Holds no key, address or body. */
export function explainFailure(facts: FailureFacts, context: Omit<Context, "facts">): Explanation {
  return EXPLANATIONS[facts.kind]({ facts, ...context });
}

function explainMisconfigured({ facts }: Context): Explanation {
  // The one way to be found out by an answer that is no error.
  if (facts.status === undefined) {
    return {
      detail: "The gateway answers a create from its cache: nothing runs, and an old picture comes back.",
      remedy: `Turn caching off: ${GATEWAY_DASHBOARD}, the gateway's Settings, Cache Responses.`,
    };
  }
  return {
    detail: `No gateway, or no such way through it, is at this address (${describeStatus(facts)}).`,
    remedy: `Copy account id and gateway id anew from ${GATEWAY_DASHBOARD}; CLOUDFLARE_AI_GATEWAY_URL ends right behind the gateway id. Where the gateway stores the providers' keys, see that they are stored under the name "default".`,
  };
}

function explainUnreachable({ facts }: Context): Explanation {
  const [hint, remedy] = hintOf(facts.detail);
  return { detail: `Nothing answers at CLOUDFLARE_AI_GATEWAY_URL: ${hint} (${facts.detail}).`, remedy };
}

function hintOf(code: string): [string, string] {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return [
      "its host has no address",
      "Look for a typing mistake in CLOUDFLARE_AI_GATEWAY_URL (the host is gateway.ai.cloudflare.com); if it is right, see whether this machine can resolve names.",
    ];
  }
  if (code.includes("CERT") || code.includes("TLS") || code.includes("SELF_SIGNED")) {
    return [
      "its certificate is not trusted",
      "Something between here and Cloudflare answers in its place: let this machine reach gateway.ai.cloudflare.com without it.",
    ];
  }
  return [
    "the connection is refused or blocked",
    "See that CLOUDFLARE_AI_GATEWAY_URL names the right host, and that this machine may reach it (port 443, unless the address names another).",
  ];
}

function upstreamTrouble(what: string): Explain {
  return ({ facts, provider, model }) => ({
    detail: `${PROVIDERS[provider].title}${model === null ? "" : ` (${model})`} ${what} (${describeStatus(facts)}).`,
    remedy: `Try again in a few minutes; https://www.cloudflarestatus.com and ${provider === "gemini" ? "https://aistudio.google.com/status" : "https://www.replicatestatus.com"} tell whether it is known.`,
  });
}

function waiting(): Explanation {
  return {
    detail: "The call was held back here, as the calls before it had failed.",
    remedy: "Look at the first row that failed.",
  };
}

function describeStatus({ status, code, detail }: FailureFacts): string {
  const parts = [status, code && code !== String(status) ? `code ${code}` : undefined].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : detail;
}
