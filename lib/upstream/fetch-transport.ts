import "server-only";
import { type HttpRequest, type HttpResponse, type HttpTransport, TransportError } from "./transport";

/**
 * The transport on Workers: the platform's fetch, which keeps connections by itself. Why a request got no answer it does
 * not tell, so every one may have been acted on.
 */
export function createFetchTransport(): HttpTransport {
  return async function send({ method, url, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
    try {
      const answer = await fetch(url, {
        method,
        headers,
        body: body ?? null,
        signal,
        redirect: "manual",
        // Next answers a repeated GET from its memory of this request otherwise.
        cache: "no-store",
      });
      return {
        status: answer.status,
        header: (name) => answer.headers.get(name) ?? undefined,
        body: translateErrors(answer.body, signal),
      };
    } catch (cause) {
      throw toTransportError(cause, signal);
    }
  };
}

async function* translateErrors(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  try {
    if (body) {
      yield* body;
    }
  } catch (cause) {
    throw toTransportError(cause, signal);
  }
}

function toTransportError(cause: unknown, signal: AbortSignal): TransportError {
  if (signal.aborted) {
    return new TransportError("the deadline passed", { wasSent: true, isTimeout: true, cause });
  }
  return new TransportError(cause instanceof Error ? cause.message : "no answer", { wasSent: true, cause });
}
