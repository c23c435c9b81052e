import type { Latency } from "./latency.ts";

/** The switches an operator of the gateway or an account holder upstream could set, and some that only an emulator has. */
export interface Settings {
  gateway: {
    /** Off by default upstream; when on, every request that may be cached is, creates and polls included. */
    cache: { isOn: boolean; ttlSeconds: number; holdsGets: boolean; holdsErrors: boolean };
    /** Retries an operator can switch on without any change to the client (0 = off, up to 5 attempts). */
    retries: { maxAttempts: number; delayMs: number; backoff: string };
    /** 0 requests = off. */
    rateLimit: { requests: number; intervalSeconds: number; technique: string };
    authentication: { isRequired: boolean; token: string };
    guardrails: {
      isOn: boolean;
      isScannerUp: boolean;
      promptAction: string;
      responseAction: string;
      words: string[];
      scanMs: number;
    };
    /** One rule: 0 dollars = off. */
    spendLimit: {
      dollars: number;
      windowSeconds: number;
      technique: string;
      provider: string;
      model: string;
    };
    /** Aliases of keys stored with the gateway; without any, requests must carry the provider's key. */
    byok: { aliases: string[] };
    logs: { isOn: boolean };
    /** Gateway ids that exist; empty = every id does. */
    known: string[];
    /** The status of a request that ran into cf-aig-request-timeout; upstream's is not documented. */
    requestTimeoutStatus: number;
  };
  replicate: {
    createsPerMinute: number;
    othersPerMinute: number;
    /** Below five dollars of credit: six creates a minute, one at a time. */
    hasLowCredit: boolean;
    /** Whether a 429 carries a Retry-After header besides the body's retry_after. */
    sendsRetryAfter: boolean;
    /** 201 in every recorded exchange; 202 is documented for runs that are not complete. */
    createStatus: number;
    /** What a waiting create carries: `url` or `data-uri`, as recorded in October 2024. */
    syncOutput: string;
    /** Inputs a model does not have: `ignore` them, as Cog does, or `refuse` them. */
    unknownInputs: string;
    expirySeconds: number;
    runLimitSeconds: number;
    filesNeedAuthorization: boolean;
    abortedSendsCompleted: boolean;
  };
  gemini: { latency: Latency; tokensPerSecond: number; requestsPerMinute: number };
  /** Latencies by model, in place of the models' own. */
  latencies: Record<string, { starting: Latency; processing: Latency }>;
  speed: number;
}

/** The settings a fresh emulator has: what upstream does to a new, paid account. */
export function defaultSettings(options: { speed: number; gatewayToken: string | undefined }): Settings {
  return {
    gateway: {
      cache: { isOn: false, ttlSeconds: 300, holdsGets: true, holdsErrors: false },
      retries: { maxAttempts: 0, delayMs: 1000, backoff: "constant" },
      rateLimit: { requests: 0, intervalSeconds: 60, technique: "fixed" },
      authentication: { isRequired: options.gatewayToken !== undefined, token: options.gatewayToken ?? "" },
      guardrails: {
        isOn: false,
        isScannerUp: true,
        promptAction: "block",
        responseAction: "block",
        words: ["forbidden", "违禁"],
        scanMs: 500,
      },
      spendLimit: { dollars: 0, windowSeconds: 86_400, technique: "fixed", provider: "*", model: "*" },
      byok: { aliases: [] },
      logs: { isOn: true },
      known: [],
      requestTimeoutStatus: 504,
    },
    replicate: {
      createsPerMinute: 600,
      othersPerMinute: 3000,
      hasLowCredit: false,
      sendsRetryAfter: false,
      createStatus: 201,
      syncOutput: "url",
      unknownInputs: "ignore",
      expirySeconds: 3600,
      runLimitSeconds: 1800,
      filesNeedAuthorization: false,
      abortedSendsCompleted: true,
    },
    gemini: {
      latency: { medianMs: 420, p90Ms: 800, minMs: 150, maxMs: 3000 },
      tokensPerSecond: 160,
      requestsPerMinute: 0,
    },
    latencies: {},
    speed: options.speed,
  };
}
