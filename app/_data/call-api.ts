import { parseJson } from "./json";
import { type Problem, readProblem } from "./problem";
import { noteServerDate } from "./server-clock";

export type Answer =
  | { kind: "ok"; body: unknown }
  /** The server said no, and why. */
  | { kind: "refused"; status: number; problem: Problem }
  /** Nobody knows whether the request arrived: no network, a proxy's error page, a server that broke off. */
  | { kind: "unanswered" };

export type ApiRequest = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Let the request finish even if the page is left meanwhile. */
  isKeptAlive?: boolean;
};

/** Our server answers without waiting for anybody; what takes longer than this is lost on the way. */
const TIMEOUT_MS = 8_000;

/** One request to our own server. Never throws, except when the caller aborted it. */
export async function callApi(path: string, request: ApiRequest = {}): Promise<Answer> {
  const { method = "GET", body, headers, signal, timeoutMs = TIMEOUT_MS, isKeptAlive = false } = request;
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
      keepalive: isKeptAlive,
    });
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    return error instanceof TypeError || error instanceof DOMException
      ? { kind: "unanswered" }
      : rethrow(error);
  }
  noteServerDate(response.headers.get("date"));
  const value = parseJson(text);
  if (response.ok) {
    return { kind: "ok", body: value };
  }
  const problem = readProblem(value, response.headers);
  return problem ? { kind: "refused", status: response.status, problem } : { kind: "unanswered" };
}

function rethrow(error: unknown): never {
  throw error;
}
