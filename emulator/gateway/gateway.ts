import type { Exchange } from "../core/exchange.ts";
import { noteFault } from "../core/exchange.ts";
import { numberField, stringField } from "../core/json.ts";
import type { Provider, ProviderCall } from "../core/provider.ts";
import type { Reply } from "../core/reply.ts";
import type { WireRequest } from "../core/request.ts";
import type { World } from "../core/world.ts";
import type { FiredAction } from "../scenarios/fault-engine.ts";
import { withHttpFaults } from "../scenarios/http-faults.ts";
import { GatewayCache, type KeptReply } from "./cache.ts";
import { edgeError, gatewayError, isGatewayErrorName, noRoute } from "./gateway-errors.ts";
import { guard } from "./guardrails.ts";
import { GatewayLimits } from "./limits.ts";
import { costUsd, type GatewayOptions, readOptions } from "./request-options.ts";
import { withRetries } from "./retries.ts";

/** Where a request through the gateway is going. */
export interface GatewayTarget {
  account: string;
  gateway: string;
  provider: string;
  /** What follows the provider's slug, with its slash. */
  path: string;
}

/** Cloudflare's AI Gateway in front of the providers. */
export class Gateway {
  readonly #world: World;
  readonly #providers: Readonly<Record<string, Provider>>;
  readonly #cache: GatewayCache;
  readonly #limits: GatewayLimits;
  readonly #lastReplies = new Map<string, KeptReply>();

  constructor(world: World, providers: Readonly<Record<string, Provider>>) {
    this.#world = world;
    this.#providers = providers;
    this.#cache = new GatewayCache(world);
    this.#limits = new GatewayLimits(world);
  }

  /** Empties the cache and begins all limits anew. */
  clear(): void {
    this.#cache.clear();
    this.#limits.clear();
    this.#lastReplies.clear();
  }

  /** Answers one request under /v1/{account}/{gateway}/{provider}/…; a step is its place in a universal request. */
  async handle(
    request: WireRequest,
    target: GatewayTarget,
    exchange: Exchange,
    step?: number,
  ): Promise<Reply> {
    const options = readOptions(request.headers, this.#world.settings.gateway);
    const logId = this.#world.identifiers.ulid(this.#world.clock.wallMs());
    const eventId = options.eventId ?? this.#world.identifiers.traceId();
    describe(exchange, target, options, { logId, eventId });
    const actions = this.#world.faults.strike({
      operation: "gateway.request",
      method: request.method,
      path: target.path,
      gateway: target.gateway,
      via: "gateway",
    });
    for (const { scenario } of actions) {
      noteFault(exchange, scenario);
    }
    const reply = await withHttpFaults(this.#world, actions, () =>
      this.#answer(request, target, exchange, options, actions),
    );
    return {
      ...reply,
      headers: {
        ...reply.headers,
        "cf-aig-log-id": logId,
        "cf-aig-request-id": logId,
        "cf-aig-event-id": eventId,
        "cf-aig-cache-status": exchange.cacheStatus,
        ...(step === undefined ? {} : { "cf-aig-step": String(step) }),
      },
    };
  }

  async #answer(
    request: WireRequest,
    target: GatewayTarget,
    exchange: Exchange,
    options: GatewayOptions,
    actions: readonly FiredAction[],
  ): Promise<Reply> {
    const forced = actions.find(({ kind }) => kind === "gateway-error");
    if (forced !== undefined) {
      const name = stringField(forced.parameters, "name") ?? "unauthorized";
      return isGatewayErrorName(name) ? gatewayError(name) : edgeError(name);
    }
    const provider = this.#providers[target.provider];
    const refusal = this.#refuse(target, options, provider) ?? this.#limits.takeRequest(target.gateway);
    if (refusal !== undefined || provider === undefined) {
      return refusal ?? noRoute();
    }
    const headers = providerHeaders(request.headers, target.provider, this.#world);
    const call: ProviderCall = {
      world: this.#world,
      method: request.method,
      path: target.path,
      query: request.query,
      headers,
      body: request.body,
      signal: request.signal,
      exchange,
    };
    const overspent = this.#limits.checkSpending(target.gateway, target.provider, modelHint(call));
    return overspent ?? this.#forward(call, target, provider, options, actions);
  }

  async #forward(
    call: ProviderCall,
    target: GatewayTarget,
    provider: Provider,
    options: GatewayOptions,
    actions: readonly FiredAction[],
  ): Promise<Reply> {
    const { exchange } = call;
    const subject = {
      scope: `${target.account}/${target.gateway}`,
      provider: target.provider,
      method: call.method,
      path: call.path,
      query: call.query.toString(),
      authorization: call.headers.get("authorization") ?? call.headers.get("x-goog-api-key") ?? "",
      body: call.body,
    };
    const kind = `${call.method} ${call.path.replace(/\/predictions\/[^/]+/, "/predictions/*")}`;
    const isReplayed = actions.some((action) => action.kind === "gateway-cached-reply");
    const kept = isReplayed ? this.#lastReplies.get(kind) : this.#cache.find(subject, options);
    if (kept !== undefined) {
      Object.assign(exchange, { cacheStatus: "HIT", operation: kept.operation, model: kept.model });
      return kept.reply;
    }
    const duplicating = actions.find((action) => action.kind === "gateway-duplicate");
    const copies = duplicating === undefined ? 0 : (numberField(duplicating.parameters, "copies") ?? 1);
    const { reply, attempts } = await guardedRetries(call, provider, options, copies);
    exchange.attempts = attempts;
    this.#limits.spend(target.gateway, target.provider, exchange.model, priceOf(exchange, options, reply));
    const answered = { reply, operation: exchange.operation, model: exchange.model };
    this.#cache.store(subject, options, answered);
    if (reply.status < 300 && reply.stream === undefined) {
      this.#lastReplies.set(kind, answered);
    }
    return reply;
  }

  #refuse(target: GatewayTarget, options: GatewayOptions, provider: Provider | undefined): Reply | undefined {
    const { authentication, known, byok } = this.#world.settings.gateway;
    if (known.length > 0 && !known.includes(target.gateway)) {
      return gatewayError("unknown-gateway");
    }
    if (authentication.isRequired && options.token !== authentication.token) {
      return gatewayError("unauthorized");
    }
    if (options.byokAlias !== undefined && !byok.aliases.includes(options.byokAlias)) {
      const aliases = byok.aliases.map((alias) => `'${alias}'`).join(", ");
      return gatewayError("unknown-alias", {
        message: `Provider '${target.provider}' has no BYOK credential named '${options.byokAlias}'. Configured aliases: ${aliases}`,
      });
    }
    return provider === undefined ? noRoute() : undefined;
  }
}

/** One call with guardrails and retries; a duplicating fault makes the gateway call once more than it should. */
async function guardedRetries(
  call: ProviderCall,
  provider: Provider,
  options: GatewayOptions,
  copies: number,
): Promise<{ reply: Reply; attempts: number }> {
  let attempts = 0;
  const reply = await guard(call, async () => {
    for (let copy = 0; copy < copies; copy += 1) {
      await provider(call);
      attempts += 1;
    }
    const made = await withRetries(call.world, options, call.signal, (signal) =>
      provider({ ...call, signal }),
    );
    attempts += made.attempts;
    return made.reply;
  });
  return { reply, attempts };
}

function describe(
  exchange: Exchange,
  target: GatewayTarget,
  options: GatewayOptions,
  ids: { logId: string; eventId: string },
): void {
  exchange.via = "gateway";
  exchange.gateway = target.gateway;
  exchange.cacheStatus = "MISS";
  exchange.logId = ids.logId;
  exchange.eventId = ids.eventId;
  exchange.skipsCache = options.skipsCache;
  exchange.maxAttempts = options.maxAttempts;
  exchange.metadata = options.metadata;
  exchange.isCollected = options.isCollected;
  exchange.warnings.push(...options.warnings);
}

/** The headers the provider gets: none of the gateway's own, and a stored key where the client sent none. */
function providerHeaders(
  headers: ReadonlyMap<string, string>,
  provider: string,
  world: World,
): ReadonlyMap<string, string> {
  const kept = new Map([...headers].filter(([name]) => !name.startsWith("cf-aig-")));
  if (world.settings.gateway.byok.aliases.length > 0) {
    if (provider === "replicate" && !kept.has("authorization")) {
      kept.set("authorization", `Bearer ${world.options.replicateToken?.split(",")[0] ?? "stored"}`);
    }
    if (provider === "google-ai-studio" && (kept.get("x-goog-api-key") ?? "") === "") {
      kept.set("x-goog-api-key", world.options.geminiKey ?? "stored");
    }
  }
  return kept;
}

function modelHint(call: ProviderCall): string {
  return /\/models\/([^/:]+(?:\/[^/:]+)?)/.exec(call.path)?.[1] ?? "";
}

/** What the call cost by the gateway's books, kept in the exchange; what was refused costs nothing. */
function priceOf(exchange: Exchange, options: GatewayOptions, reply: Reply): number {
  if (reply.status >= 400) {
    return 0;
  }
  const { tokensIn, tokensOut, costUsd: knownUsd } = exchange;
  const usd = costUsd(options.customCost, { tokensIn, tokensOut, knownUsd });
  exchange.costUsd = usd;
  return usd;
}
