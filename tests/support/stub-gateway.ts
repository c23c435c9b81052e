import { AiGateway } from "@/lib/ai-gateway";
import type { CallRecord } from "@/lib/upstream/call-record";
import type { AiGatewayConfig } from "@/lib/upstream/routes";
import type { HttpRequest, HttpResponse, HttpTransport } from "@/lib/upstream/transport";
import { TransportError } from "@/lib/upstream/transport";

/** One scripted answer: a response, or the error that the transport throws instead of one. */
export type StubAnswer =
  | { status?: number; headers?: Record<string, string>; body?: unknown; chunks?: Iterable<Uint8Array> }
  | Error;

/** A reset, a timeout or a body that breaks off, as the transport would report it. */
export const reset = () => new TransportError("ECONNRESET", { wasSent: true });
export const timeout = () => new TransportError("the deadline passed", { wasSent: true, isTimeout: true });
export const refusedConnection = () => new TransportError("ECONNREFUSED", { wasSent: false });

/** A response as the transport hands it over; `body` may be text, or anything that JSON can carry. */
export function stubResponse({
  status = 200,
  headers = {},
  body,
  chunks,
}: Exclude<StubAnswer, Error>): HttpResponse {
  const text = body === undefined || typeof body === "string" ? (body ?? "") : JSON.stringify(body);
  const parts = chunks ?? [new TextEncoder().encode(text)];
  return {
    status,
    header: (name) => headers[name],
    body: (async function* () {
      yield* parts;
    })(),
  };
}

/** A transport that answers from a script, in turn; its last answer repeats. `choose` goes first. It notes every request. */
export function createStubTransport(
  script: readonly StubAnswer[],
  choose: (request: HttpRequest) => StubAnswer | undefined = () => undefined,
): {
  send: HttpTransport;
  requests: HttpRequest[];
} {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async send(request) {
      const answer = choose(request) ?? script[Math.min(requests.length, script.length - 1)];
      requests.push(request);
      if (answer === undefined || answer instanceof Error) {
        throw answer ?? new Error("the script is empty");
      }
      return stubResponse(answer);
    },
  };
}

export const GATEWAY_CONFIG: AiGatewayConfig = {
  gatewayUrls: ["https://gateway.test/v1/account/studio"],
  gatewayToken: "gateway-token",
  replicateTokens: ["r8_token"],
  geminiKey: "gemini-key",
};

/** The real class over a scripted transport and a clock that stands still but for its own waits. */
export function createStubGateway(
  script: readonly StubAnswer[],
  {
    config = {},
    random = () => 0.5,
    answer,
  }: {
    config?: Partial<AiGatewayConfig>;
    random?: () => number;
    /** Answers by the request, in place of the script; undefined leaves it to that. */
    answer?: (request: HttpRequest) => StubAnswer | undefined;
  } = {},
) {
  const { send, requests } = createStubTransport(script, answer);
  const waits: number[] = [];
  const records: CallRecord[] = [];
  let nowMs = 1_000;
  const gateway = new AiGateway(
    { ...GATEWAY_CONFIG, ...config },
    {
      send,
      nowMs: () => nowMs,
      random,
      async sleep(milliseconds) {
        waits.push(milliseconds);
        nowMs += milliseconds;
      },
      onCall: (record) => records.push(record),
    },
  );
  return {
    gateway,
    requests,
    waits,
    records,
    nowMs: () => nowMs,
    /** Lets so many milliseconds pass. */
    pass: (milliseconds: number) => {
      nowMs += milliseconds;
    },
  };
}
