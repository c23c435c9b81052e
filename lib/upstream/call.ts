import "server-only";
import { newId } from "@/lib/ids";
import type { Bulkhead } from "./bulkhead";
import { blankFacts, type CallFacts, type CallRecord } from "./call-record";
import { Deadline } from "./deadline";
import { UpstreamError } from "./failure";
import type { Lane, Lanes, OperationClass, Provider, Route } from "./lanes";
import { readFailure, toUpstreamError } from "./read-answer";
import { type RetryPolicy, type RetryPorts, withRetries } from "./retry";
import type { RetryBudget } from "./retry-budget";
import type { HttpRequest, HttpResponse, HttpTransport } from "./transport";

export type CallPorts = RetryPorts & {
  send: HttpTransport;
  onCall: (record: CallRecord) => void;
};

/** A request without what the caller adds: the gateway's headers and the deadline. */
export type BuiltRequest = Omit<HttpRequest, "signal">;

export type Call = {
  operation: CallRecord["operation"];
  provider: Provider;
  model: string | null;
  policy: RetryPolicy;
  signal?: AbortSignal | undefined;
  /** The account that must be asked, when only one knows. */
  keyId?: string | null | undefined;
  /** Asked right before each try leaves: when it says no, none did. */
  mayLeave?: (() => boolean) | undefined;
  /** Writes the request anew for each try, with headers of its own: the gateway's are added to them. */
  build: (lane: Lane) => Promise<BuiltRequest> | BuiltRequest;
};

export type Answer = {
  response: HttpResponse;
  logId: string | null;
  keyId: string;
  note: (facts: Partial<Pick<CallFacts, "responseId" | "finishReason" | "usage">>) => void;
  /**
   * For an answer that goes on behind what `read` returns: the call keeps its lane and its place, and is recorded only
   * when the function that this returns is called, with what broke the answer off or with null. The last thing `read`
   * does before it returns.
   */
  holdOpen: () => (broken: unknown) => void;
};

const OPERATION_CLASSES = {
  create: "create",
  get: "read",
  list: "read",
  cancel: "read",
  get_webhook_secret: "read",
  get_text_model: "read",
  generate_text: "text",
  stream_text: "text",
} as const satisfies Record<CallRecord["operation"], OperationClass>;

/** What calls share, for the life of the process. */
export type CallState = {
  lanes: Lanes;
  budgets: Record<Provider, RetryBudget>;
  bulkheads: Record<OperationClass, Bulkhead>;
};

/**
 * Sends one call under its policy and hands a 2xx answer to `read`: each try takes an open lane and a place in its
 * bulkhead. Throws UpstreamError, and records how it ended.
 */
export function callUpstream<T>(
  ports: CallPorts,
  state: CallState,
  call: Call,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  return new CallRun(ports, state, call, read).run();
}

/** What one try holds until it is over. */
type Try = {
  leavePlace: () => void;
  /** When it was sent, or began to be prepared. */
  sentMs: number;
  lane: ReturnType<Lanes["enter"]> | null;
};

/** One call from its first try to its record. A class, and not closures, as it is what each call pays for. */
class CallRun<T> {
  readonly #ports: CallPorts;
  readonly #state: CallState;
  readonly #call: Call;
  readonly #read: (answer: Answer) => Promise<T>;
  readonly #callId = newId("call");
  readonly #startedMs: number;
  readonly #operationClass: OperationClass;
  readonly #facts = blankFacts();
  readonly #tried: Lane[] = [];
  readonly #deadline: Deadline;
  #isOpen = false;

  constructor(ports: CallPorts, state: CallState, call: Call, read: (answer: Answer) => Promise<T>) {
    this.#ports = ports;
    this.#state = state;
    this.#call = call;
    this.#read = read;
    this.#startedMs = ports.nowMs();
    this.#operationClass = OPERATION_CLASSES[call.operation];
    this.#deadline = new Deadline(call.policy.totalMs, call.signal);
  }

  async run(): Promise<T> {
    const { nowMs, random, sleep } = this.#ports;
    try {
      const value = await withRetries(
        {
          nowMs,
          random,
          sleep: (milliseconds, signal) => this.#waitFor(() => sleep(milliseconds, signal)),
        },
        this.#call.policy,
        {
          signal: this.#deadline.signal,
          budget: this.#state.budgets[this.#call.provider],
          mayRetry: (error) => this.#mayRetry(error),
        },
        () => this.#try(),
      );
      if (!this.#isOpen) {
        this.#finish(null);
      }
      return value;
    } catch (error) {
      if (error instanceof UpstreamError) {
        this.#finish(error);
      } else {
        // A mistake of ours, and no way for a call to end.
        this.#deadline.clear();
      }
      throw error;
    }
  }

  async #try(): Promise<T> {
    const bulkhead = this.#state.bulkheads[this.#operationClass];
    const leavePlace =
      bulkhead.tryEnter() ?? (await this.#waitFor(() => enterBulkhead(bulkhead, this.#deadline.signal)));
    const attempt: Try = { leavePlace, sentMs: this.#ports.nowMs(), lane: null };
    try {
      const { response, keyId } = await this.#send(attempt);
      if (response.status < 200 || response.status > 299) {
        const { provider, operation } = this.#call;
        throw await readFailure(response, { provider, isCreate: operation === "create" });
      }
      const value = await this.#read({
        response,
        logId: this.#facts.logId,
        keyId,
        note: (learnt) => Object.assign(this.#facts, learnt),
        holdOpen: () => this.#holdOpen(attempt),
      });
      if (!this.#isOpen) {
        this.#leave(attempt, null);
      }
      return value;
    } catch (thrown) {
      const error = toUpstreamError(thrown);
      if (error instanceof UpstreamError && this.#facts.logId !== null) {
        // An answer that cannot be read has a row in the gateway's log, too.
        error.facts.logId ??= this.#facts.logId;
      }
      this.#leave(attempt, error);
      throw error;
    }
  }

  async #send(attempt: Try): Promise<{ response: HttpResponse; keyId: string }> {
    const { provider, keyId, build, mayLeave } = this.#call;
    const { signal } = this.#deadline;
    if (mayLeave?.() === false) {
      throw new UpstreamError({ kind: "saturated", detail: "its time was over before it left" });
    }
    const facts = this.#facts;
    const lane = this.#state.lanes.enter(provider, this.#operationClass, { keyId, avoid: this.#tried });
    attempt.lane = lane;
    this.#tried.push(lane);
    facts.tries += 1;
    facts.routeId = lane.route.id;
    facts.isDirect = lane.route.isDirect;
    facts.keyId = lane.key.id;
    const { method, url, headers, body } = await build(lane);
    addGatewayHeaders(headers, lane.route, this.#callId);
    attempt.sentMs = this.#ports.nowMs();
    const response = await this.#ports.send({ method, url, headers, body, signal });
    facts.logId = response.header("cf-aig-log-id") ?? null;
    facts.cacheStatus = response.header("cf-aig-cache-status") ?? null;
    return { response, keyId: lane.key.id };
  }

  #leave({ sentMs, lane, leavePlace }: Try, thrown: unknown): void {
    this.#facts.upstreamMs += this.#ports.nowMs() - sentMs;
    lane?.leave(thrown instanceof UpstreamError ? thrown : null);
    leavePlace();
  }

  #holdOpen(attempt: Try): (broken: unknown) => void {
    this.#isOpen = true;
    const { signal } = this.#deadline;
    const close = (broken: unknown) => {
      if (this.#isOpen) {
        this.#isOpen = false;
        signal.removeEventListener("abort", closeLate);
        this.#leave(attempt, broken);
        this.#finish(broken instanceof UpstreamError ? broken : null);
      }
    };
    // A reader who takes the stream and never begins to read it holds nothing beyond the deadline.
    const closeLate = () => close(new UpstreamError({ kind: "timeout", detail: "the deadline passed" }));
    signal.addEventListener("abort", closeLate);
    return close;
  }

  /**
   * A create is repeated only when its request certainly never left, as the provider has no idempotency key and bills
   * each; anything else when it may succeed a moment later. A plain no about the gateway or the account, and not about
   * the request, is also tried the ways that are left: nothing happened, and another may say yes.
   */
  #mayRetry(error: UpstreamError): boolean {
    const { rule, kind } = error;
    if (this.#operationClass === "create" ? kind === "unreachable" : rule.isRetryable) {
      return true;
    }
    const isWayAtFault =
      rule.certainty === "refused" && rule.fault === "operator" && rule.blames !== "nobody";
    const { provider, keyId } = this.#call;
    return isWayAtFault && this.#state.lanes.hasUntried(provider, this.#operationClass, keyId, this.#tried);
  }

  async #waitFor<W>(wait: () => Promise<W>): Promise<W> {
    const sinceMs = this.#ports.nowMs();
    try {
      return await wait();
    } finally {
      this.#facts.waitedMs += this.#ports.nowMs() - sinceMs;
    }
  }

  #finish(failure: UpstreamError | null): void {
    this.#deadline.clear();
    const { operation, provider, model } = this.#call;
    this.#ports.onCall({
      callId: this.#callId,
      operation,
      provider,
      model,
      outcome: failure ? failure.rule.certainty : "ok",
      failure: failure?.facts ?? null,
      totalMs: this.#ports.nowMs() - this.#startedMs,
      ...this.#facts,
    });
  }
}

/** A wait that outlasts the deadline is a call that never left. */
async function enterBulkhead(bulkhead: Bulkhead, signal: AbortSignal): Promise<() => void> {
  try {
    return await bulkhead.enter(signal);
  } catch (cause) {
    throw new UpstreamError(
      { kind: "saturated", detail: "too many calls of its kind were under way" },
      cause,
    );
  }
}

function addGatewayHeaders(headers: Record<string, string>, route: Route, callId: string): void {
  if (route.isDirect) {
    // Nothing there understands them, and they carry our ids.
    for (const name of Object.keys(headers).filter((header) => header.startsWith("cf-aig-"))) {
      delete headers[name];
    }
    return;
  }
  if (route.token !== undefined) {
    headers["cf-aig-authorization"] = `Bearer ${route.token}`;
  }
  headers["cf-aig-event-id"] = callId;
  // A cached create never runs and a cached poll never ends.
  headers["cf-aig-skip-cache"] = "true";
  // Prompts stay out of the gateway's log; the row itself is kept.
  headers["cf-aig-collect-log-payload"] = "false";
}
