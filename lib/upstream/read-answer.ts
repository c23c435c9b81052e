import "server-only";
import { readErrorAnswer } from "./dialects";
import { UpstreamError } from "./failure";
import type { Provider } from "./lanes";
import { type HttpResponse, readText, TransportError } from "./transport";

/** No answer of either provider that is read whole is larger. */
export const BODY_BYTES_MAX = 1_000_000;

/** A 2xx body as JSON. Throws UpstreamError `unreadable_answer`. */
export async function readJson(response: HttpResponse): Promise<unknown> {
  const text = await readText(response, BODY_BYTES_MAX);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = "an answer is not JSON";
    throw new UpstreamError({ kind: "unreadable_answer", status: response.status, detail }, cause);
  }
}

/** What an answer that is no success says. */
export async function readFailure(
  response: HttpResponse,
  about: { provider: Provider; isCreate: boolean },
): Promise<UpstreamError> {
  return readErrorAnswer({
    ...about,
    status: response.status,
    header: (name) => response.header(name),
    text: await readText(response, BODY_BYTES_MAX),
    // The wall clock: the port's counts from the start of the process, and a Retry-After may be a date.
    nowMs: Date.now(),
  });
}

/** A transport's failure in the terms of the failure table; anything else as it is. */
export function toUpstreamError(error: unknown): unknown {
  if (!(error instanceof TransportError)) {
    return error;
  }
  if (!error.wasSent) {
    return new UpstreamError({ kind: "unreachable", detail: error.message }, error);
  }
  return new UpstreamError(
    { kind: error.isTimeout ? "timeout" : "connection_lost", detail: error.message },
    error,
  );
}
