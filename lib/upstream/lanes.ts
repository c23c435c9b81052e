import "server-only";
import { Circuit } from "./circuit";
import { UpstreamError } from "./failure";

export type Provider = "replicate" | "gemini";

/** Calls that stand and fall together. */
export type OperationClass = "create" | "read" | "text";

/** A way to the providers: through one gateway, or past all of them. */
export type Route = {
  id: string;
  /** What the provider's own paths are appended to. */
  bases: Record<Provider, string>;
  /** Sent as `cf-aig-authorization`. */
  token: string | undefined;
  /** Break-glass: past Cloudflare, used only while no gateway's circuit is closed. */
  isDirect: boolean;
};

/** An account at a provider. `id` may be logged and stored; `value` never is. No value: the gateway holds the key. */
export type ProviderKey = { id: string; value: string | undefined };

export type Lane = { route: Route; key: ProviderKey };

/** Its circuits are those of its route and of its key: either may fail alone, and others share them. */
type LaneState = Lane & {
  inFlight: number;
  lastTurn: number;
  circuits: Record<OperationClass, { route: Circuit; key: Circuit }>;
};

/**
 * Which way and which key a call takes: among those whose circuits let it pass, the one with the fewest calls in
 * flight. Circuits are kept per operation for each route and for each key, as either may fail alone.
 */
export class Lanes {
  readonly #nowMs: () => number;
  readonly #lanes: Record<Provider, LaneState[]>;
  readonly #circuits = new Map<string, Circuit>();
  #turn = 0;

  constructor(nowMs: () => number, routes: readonly Route[], keys: Record<Provider, readonly ProviderKey[]>) {
    this.#nowMs = nowMs;
    const cross = (provider: Provider) =>
      routes.flatMap((route) => keys[provider].map((key) => this.#createLane({ route, key })));
    this.#lanes = { replicate: cross("replicate"), gemini: cross("gemini") };
  }

  #createLane({ route, key }: Lane): LaneState {
    const circuitsFor = (operation: OperationClass) => ({
      route: this.#circuit(`${route.id} ${operation}`),
      key: this.#circuit(`${key.id} ${operation}`),
    });
    const circuits = { create: circuitsFor("create"), read: circuitsFor("read"), text: circuitsFor("text") };
    return { route, key, inFlight: 0, lastTurn: 0, circuits };
  }

  /**
   * Takes a lane for one send; `leave` gives it back with how it went. A wanted key is kept to when it is still
   * configured (a prediction is visible to its own account only); lanes to avoid are a last resort. Throws UpstreamError
   * `circuit_open` when none may be entered.
   */
  enter(
    provider: Provider,
    operation: OperationClass,
    { keyId, avoid = [] }: { keyId?: string | null | undefined; avoid?: readonly Lane[] },
  ): Lane & { leave: (error: UpstreamError | null) => void } {
    const candidates = this.#withKey(provider, keyId);
    const lane = chooseLane(this.#passable(candidates, operation), avoid);
    if (!lane) {
      throw new UpstreamError({
        kind: "circuit_open",
        detail: `no way to ${provider} is open for ${operation}`,
        retryAfterMs: this.#waitMs(candidates, operation),
      });
    }
    const circuits = lane.circuits[operation];
    circuits.route.tryEnter();
    circuits.key.tryEnter();
    lane.inFlight += 1;
    lane.lastTurn = ++this.#turn;
    const { route, key } = lane;
    return {
      route,
      key,
      leave: (error) => {
        lane.inFlight -= 1;
        this.#record(lane, operation, error);
      },
    };
  }

  /** Whether a call of this kind could still go a way that it has not been. */
  hasUntried(
    provider: Provider,
    operation: OperationClass,
    keyId: string | null | undefined,
    tried: readonly Lane[],
  ): boolean {
    const passable = this.#passable(this.#withKey(provider, keyId), operation);
    return passable.some((lane) => !isAmong(tried, lane));
  }

  /** Whether a call of this kind can go a way that is known to work; else it is a probe, or waits for one. */
  hasClosed(provider: Provider, operation: OperationClass): boolean {
    return this.#lanes[provider].some(({ circuits: { [operation]: circuits } }) => {
      return !circuits.route.isOpen && !circuits.key.isOpen;
    });
  }

  /** Which circuits are open, by the name of what they guard: a route or a key, and the operation. */
  openCircuits(): string[] {
    return [...this.#circuits].filter(([, { isOpen }]) => isOpen).map(([name]) => name);
  }

  /** Milliseconds until a call of this kind may be made; 0 when one may be made now. */
  waitMs(provider: Provider, operation: OperationClass): number {
    return this.#waitMs(this.#lanes[provider], operation);
  }

  /** Keys of a provider, for asking every account in turn. */
  keyIds(provider: Provider): string[] {
    return [...new Set(this.#lanes[provider].map(({ key }) => key.id))];
  }

  /** Those whose circuits let a call pass; the direct way only when it is all that is left. */
  #passable(lanes: readonly LaneState[], operation: OperationClass): LaneState[] {
    const passable = lanes.filter(({ circuits: { [operation]: circuits } }) => {
      return circuits.route.isPassable && circuits.key.isPassable;
    });
    const gateways = passable.filter(({ route }) => !route.isDirect);
    return gateways.length > 0 ? gateways : passable;
  }

  #withKey(provider: Provider, keyId: string | null | undefined): LaneState[] {
    const lanes = this.#lanes[provider];
    if (keyId === null || keyId === undefined) {
      return lanes;
    }
    const own = lanes.filter(({ key }) => key.id === keyId);
    return own.length > 0 ? own : lanes;
  }

  #waitMs(lanes: readonly LaneState[], operation: OperationClass): number {
    const waits = lanes.map(({ circuits: { [operation]: circuits } }) =>
      Math.max(circuits.route.waitMs, circuits.key.waitMs),
    );
    return waits.length === 0 ? 0 : Math.min(...waits);
  }

  #record(lane: LaneState, operation: OperationClass, error: UpstreamError | null): void {
    const { route, key } = lane.circuits[operation];
    const blames = error?.rule.blames ?? "nobody";
    // A wrong key or an empty account will not get better by asking again.
    const isLasting = error?.rule.fault === "operator" && !error.rule.isRetryable;
    if (blames === "route") {
      route.recordFailure({ isLasting });
      return;
    }
    // The way there works when the account behind it is what failed.
    route.recordSuccess();
    if (blames === "key") {
      key.recordFailure({ isLasting });
    } else {
      key.recordSuccess();
    }
  }

  #circuit(name: string): Circuit {
    let circuit = this.#circuits.get(name);
    if (!circuit) {
      circuit = new Circuit(this.#nowMs);
      this.#circuits.set(name, circuit);
    }
    return circuit;
  }
}

/** Untried before tried, then the fewest in flight, then whose turn it is. */
function chooseLane(lanes: readonly LaneState[], avoid: readonly Lane[]): LaneState | undefined {
  let best: LaneState | undefined;
  for (const lane of lanes) {
    if (best === undefined || isBefore(lane, best, avoid)) {
      best = lane;
    }
  }
  return best;
}

function isBefore(lane: LaneState, other: LaneState, avoid: readonly Lane[]): boolean {
  const order =
    Number(isAmong(avoid, lane)) - Number(isAmong(avoid, other)) ||
    lane.inFlight - other.inFlight ||
    lane.lastTurn - other.lastTurn;
  return order < 0;
}

function isAmong(lanes: readonly Lane[], { route, key }: Lane): boolean {
  return lanes.some((lane) => lane.route.id === route.id && lane.key.id === key.id);
}
