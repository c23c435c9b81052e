import "server-only";
import { type TextRequest, fromWire as textFromWire, toWire as textToWire } from "@/lib/providers/gemini";
import { readTextStream } from "@/lib/providers/gemini-stream";
import {
  type Prediction,
  fromWire as predictionFromWire,
  WireWebhookSecret,
} from "@/lib/providers/replicate";
import {
  type AccountsListing,
  listAccounts,
  type PredictionPage,
  pageFromWire,
  pathOfPage,
  readSince,
} from "@/lib/providers/replicate-listing";
import { ReplicateRequests } from "@/lib/providers/replicate-requests";
import { Bulkhead } from "@/lib/upstream/bulkhead";
import {
  type Answer,
  type BuiltRequest,
  type Call,
  type CallPorts,
  type CallState,
  callUpstream,
} from "@/lib/upstream/call";
import { ClientThrottle } from "@/lib/upstream/client-throttle";
import { type FailureFacts, type FailureKind, UpstreamError } from "@/lib/upstream/failure";
import { type Lane, Lanes } from "@/lib/upstream/lanes";
import { BODY_BYTES_MAX, readJson } from "@/lib/upstream/read-answer";
import { CREATE_POLICY, READ_POLICY, TEXT_POLICY } from "@/lib/upstream/retry";
import { RetryBudget } from "@/lib/upstream/retry-budget";
import { type AiGatewayConfig, listKeys, listRoutes } from "@/lib/upstream/routes";
import { readText } from "@/lib/upstream/transport";

export type CreateRequest = {
  upstreamModel: string;
  input: Record<string, unknown>;
  webhookUrl: string;
  /** What the provider will bill, US dollars, for the gateway's dashboard. */
  costUsd: number;
  /** Opaque ids only: they land in the gateway's log. At most five are kept by Cloudflare, so these are all there are. */
  metadata: { generation: string; attempt: number; model: string };
  /** After this long the provider stops it by itself, which bounds what an orphan can cost. */
  cancelAfterSeconds: number;
  /** Asked right before it leaves, whether it still is the caller's to send. */
  mayLeave?: (() => boolean) | undefined;
};

/** A create's three ends; callers cannot forget the third. `later` is a refusal that waiting will lift. */
export type CreateOutcome =
  | { kind: "accepted"; prediction: Prediction; logId: string | null }
  | { kind: "later"; waitMs: number; failure: FailureFacts }
  | { kind: "refused"; error: UpstreamError }
  | { kind: "unknown"; failure: FailureFacts };

/** What the gateway is doing right now. */
export type GatewayState = {
  /** Names of the circuits that are open: a way or an account, and the operation. */
  openCircuits: string[];
  /** Seconds for which creates are held back; 0 when they go. */
  createWaitSeconds: number;
  /** Calls under way and in line, by operation. */
  bulkheads: Record<string, { inside: number; waiting: number }>;
};

export type TextAnswer = { text: string; finishReason: string | null; logId: string | null };

/** Certainly not created, and likely to be later: back in line, under the same attempt. */
const LATER_KINDS: ReadonlySet<FailureKind> = new Set([
  "provider_rate_limited",
  "gateway_rate_limited",
  "unreachable",
  "circuit_open",
  "saturated",
]);

const DEFAULT_LATER_MS = 10_000;
const LATER_JITTER_MS = 500;
const GEMINI_API_VERSION = "v1beta";

/**
 * The one door to Replicate and Gemini, through Cloudflare AI Gateway. It knows HTTP, the two providers and the policy
 * of retries; it knows nothing of people, credits or the database. Every call has a deadline and ends in one record.
 */
export class AiGateway {
  readonly #ports: CallPorts;
  readonly #state: CallState;
  readonly #createThrottle: ClientThrottle;
  readonly #requests = new Map<string, ReplicateRequests>();

  constructor(config: AiGatewayConfig, ports: CallPorts) {
    this.#ports = ports;
    this.#createThrottle = new ClientThrottle(ports);
    this.#state = {
      lanes: new Lanes(ports.nowMs, listRoutes(config), listKeys(config)),
      budgets: { replicate: new RetryBudget(), gemini: new RetryBudget() },
      bulkheads: { create: new Bulkhead(32), read: new Bulkhead(16), text: new Bulkhead(8) },
    };
  }

  /** What is shut and what is full, for metrics. Names are ids of routes and accounts, never addresses or keys. */
  readState(): GatewayState {
    const { lanes, bulkheads } = this.#state;
    return {
      openCircuits: lanes.openCircuits(),
      createWaitSeconds: this.createWaitMs() / 1000,
      bulkheads: Object.fromEntries(
        Object.entries(bulkheads).map(([name, bulkhead]) => [name, bulkhead.load]),
      ),
    };
  }

  /** How long creates must wait because nothing answers, milliseconds; 0 when one may be sent now. */
  createWaitMs(): number {
    return this.#state.lanes.waitMs("replicate", "create");
  }

  /**
   * Starts a prediction: one POST, whatever happens. Only a request that certainly never left is sent again, as the
   * provider has no idempotency key and each create is billed. Never throws for an upstream's failure.
   */
  async createPrediction(request: CreateRequest): Promise<CreateOutcome> {
    // A probe is never held back: it is what ends an outage.
    const isProbe = !this.#state.lanes.hasClosed("replicate", "create");
    if (!isProbe && !this.#createThrottle.tryEnter()) {
      const detail = "held back here while the upstream refuses most creates";
      return { kind: "later", waitMs: this.#laterMs(), failure: { kind: "saturated", detail } };
    }
    try {
      const outcome = await this.#call(
        {
          operation: "create",
          provider: "replicate",
          model: request.upstreamModel,
          policy: CREATE_POLICY,
          mayLeave: request.mayLeave,
          build: async (lane) => {
            const built = await this.#replicate(lane).write("POST", "/predictions", {
              version: request.upstreamModel,
              input: request.input,
              webhook: request.webhookUrl,
              // `start` tells early that a create whose answer was lost does run.
              webhook_events_filter: ["start", "completed"],
            });
            Object.assign(built.headers, {
              // A gateway may retry by its own settings; a create must not be repeated by anybody.
              "cf-aig-max-attempts": "1",
              "cf-aig-metadata": JSON.stringify(request.metadata),
              "cf-aig-custom-cost": JSON.stringify({ total_cost: request.costUsd }),
              "cancel-after": `${request.cancelAfterSeconds}s`,
            });
            return built;
          },
        },
        async ({ response, logId, keyId, note }) => {
          if (response.header("cf-aig-cache-status") === "HIT") {
            // An old prediction's answer: nothing runs for this one and no webhook would ever come.
            await readText(response, BODY_BYTES_MAX);
            throw new UpstreamError({
              kind: "gateway_misconfigured",
              detail: "the gateway answered a create from its cache",
            });
          }
          const prediction = predictionFromWire(await readJson(response), keyId);
          if (!prediction) {
            throw new UpstreamError({
              kind: "unreadable_answer",
              detail: "a create was answered by no prediction",
            });
          }
          note({ responseId: prediction.id });
          return { kind: "accepted" as const, prediction, logId };
        },
      );
      this.#createThrottle.recordAccept();
      return outcome;
    } catch (error) {
      if (!(error instanceof UpstreamError)) {
        throw error;
      }
      if (error.rule.fault === "person") {
        // The upstream is well: it answered, and about this one request.
        this.#createThrottle.recordAccept();
      }
      if (LATER_KINDS.has(error.kind)) {
        return { kind: "later", waitMs: this.#laterMs(error.facts.retryAfterMs), failure: error.facts };
      }
      return error.rule.certainty === "ambiguous"
        ? { kind: "unknown", failure: error.facts }
        : { kind: "refused", error };
    }
  }

  /** The advice, or ten seconds; and a little luck, so that what was put off together does not come back together. */
  #laterMs(adviceMs = DEFAULT_LATER_MS): number {
    return adviceMs + this.#ports.random() * LATER_JITTER_MS;
  }

  /** A prediction as it stands; null when the provider does not know it (yet: reads are eventually consistent). */
  async getPrediction(id: string, keyId?: string | null): Promise<Prediction | null> {
    return this.#readPrediction("get", keyId, "GET", `/predictions/${id}`);
  }

  /** Asks to stop a prediction; answers what became of it, null when it is gone. Repeating it is harmless. */
  async cancelPrediction(id: string, keyId?: string | null): Promise<Prediction | null> {
    return this.#readPrediction("cancel", keyId, "POST", `/predictions/${id}/cancel`);
  }

  /** Names of the accounts at Replicate: each knows its own predictions only. */
  accountIds(): string[] {
    return this.#state.lanes.keyIds("replicate");
  }

  /**
   * The accounts' predictions since an instant, newest first, for finding a create whose answer was lost. Of a busy account
   * there may be too many: `reachedMs` says since when the listing is whole. Throws when no account could be listed.
   */
  listPredictions(asked: { sinceMs: number; keyIds?: string[] }): Promise<AccountsListing> {
    const { sinceMs, keyIds = this.accountIds() } = asked;
    const { nowMs } = this.#ports;
    return listAccounts(keyIds, (keyId) =>
      readSince({ sinceMs, nowMs }, (cursor) => this.#listPage(keyId, cursor)),
    );
  }

  #listPage(keyId: string, cursor: string | null): Promise<PredictionPage> {
    return this.#call(
      {
        operation: "list",
        provider: "replicate",
        model: null,
        policy: READ_POLICY,
        keyId,
        build: (lane) => this.#replicate(lane).write("GET", pathOfPage(cursor)),
      },
      async ({ response }) => pageFromWire(await readJson(response), keyId),
    );
  }

  /** The webhook secret of the (first) account, `whsec_…`: to be compared with ours, never shown. Throws UpstreamError. */
  async getWebhookSecret(): Promise<string> {
    return this.#call(
      {
        operation: "get_webhook_secret",
        provider: "replicate",
        model: null,
        policy: READ_POLICY,
        build: (lane) => this.#replicate(lane).write("GET", "/webhooks/default/secret"),
      },
      async ({ response }) => {
        const secret = WireWebhookSecret.safeParse(await readJson(response));
        if (!secret.success) {
          throw new UpstreamError({ kind: "unreadable_answer", detail: "an answer is no webhook secret" });
        }
        return secret.data.key;
      },
    );
  }

  /**
   * Asks Google for a text model, which is free: that the key is right and the model lives. Throws UpstreamError;
   * `provider_model_missing` when Google does not know it.
   */
  async checkTextModel(upstreamModel: string): Promise<void> {
    await this.#call(
      {
        operation: "get_text_model",
        provider: "gemini",
        model: upstreamModel,
        policy: READ_POLICY,
        build: (lane) => buildGemini(lane, "GET", upstreamModel),
      },
      async ({ response }) => readJson(response),
    );
  }

  /** One text answer. Throws UpstreamError; `content_blocked` when the model withheld it. */
  async generateText(request: TextRequest, signal?: AbortSignal): Promise<TextAnswer> {
    return this.#call(
      this.#textCall("generate_text", "generateContent", request, signal),
      async ({ response, logId, note }) => {
        const { text, finishReason, usage, responseId } = textFromWire(await readJson(response));
        note({ finishReason, usage, responseId });
        if (text === "") {
          throw new UpstreamError({ kind: "unreadable_answer", detail: "Gemini answered without text" });
        }
        return { text, finishReason, logId };
      },
    );
  }

  /**
   * The answer piece by piece. Retries end with the first piece; afterwards a failure throws from the iterator.
   * The whole stream is under the text deadline.
   */
  async streamText(request: TextRequest, signal?: AbortSignal): Promise<AsyncIterable<string>> {
    const call = this.#textCall("stream_text", "streamGenerateContent?alt=sse", request, signal);
    return this.#call(call, async ({ response, note, holdOpen }) => {
      const pieces = readTextStream(response, note);
      // The first piece decides whether there is a stream at all: an error may hide in a 200.
      const first = await pieces.next();
      if (first.done) {
        throw new UpstreamError({ kind: "unreadable_answer", detail: "Gemini's stream was empty" });
      }
      const close = holdOpen();
      return (async function* () {
        let broken: unknown = null;
        try {
          yield first.value;
          yield* pieces;
        } catch (error) {
          broken = error;
          throw error;
        } finally {
          // A reader who leaves early lets go of the connection, too.
          await pieces.return(undefined);
          close(broken);
        }
      })();
    });
  }

  #textCall(
    operation: "generate_text" | "stream_text",
    task: string,
    request: TextRequest,
    signal?: AbortSignal,
  ): Call {
    return {
      operation,
      provider: "gemini",
      model: request.upstreamModel,
      policy: TEXT_POLICY,
      signal,
      build: (lane) => ({
        ...buildGemini(lane, "POST", `${request.upstreamModel}:${task}`),
        body: JSON.stringify(textToWire(request)),
      }),
    };
  }

  async #readPrediction(
    operation: "get" | "cancel",
    keyId: string | null | undefined,
    method: "GET" | "POST",
    path: string,
  ): Promise<Prediction | null> {
    try {
      return await this.#call(
        {
          operation,
          provider: "replicate",
          model: null,
          policy: READ_POLICY,
          keyId,
          build: (lane) => this.#replicate(lane).write(method, path),
        },
        async ({ response, keyId }) => {
          const prediction = predictionFromWire(await readJson(response), keyId);
          if (!prediction) {
            throw new UpstreamError({ kind: "unreadable_answer", detail: "an answer is no prediction" });
          }
          return prediction;
        },
      );
    } catch (error) {
      if (error instanceof UpstreamError && error.kind === "not_found") {
        return null;
      }
      throw error;
    }
  }

  /** Who writes the requests of a lane. */
  #replicate({ route, key }: Lane): ReplicateRequests {
    const name = `${route.id} ${key.id}`;
    let requests = this.#requests.get(name);
    if (!requests) {
      requests = new ReplicateRequests({ baseUrl: route.bases.replicate, token: key.value });
      this.#requests.set(name, requests);
    }
    return requests;
  }

  #call<T>(call: Call, read: (answer: Answer) => Promise<T>): Promise<T> {
    return callUpstream(this.#ports, this.#state, call, read);
  }
}

function buildGemini({ route, key }: Lane, method: "GET" | "POST", path: string): BuiltRequest {
  return {
    method,
    url: `${route.bases.gemini}/${GEMINI_API_VERSION}/models/${path}`,
    headers: {
      "content-type": "application/json",
      ...(key.value ? { "x-goog-api-key": key.value } : {}),
    },
  };
}
