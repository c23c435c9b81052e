import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "@/emulator/core/json.ts";

/** What became of a request: an answer, or the reason why there is none (status 0). */
export interface Outcome {
  status: number;
  headers: Headers;
  text: string;
  json: JsonObject;
  /** Empty when an answer arrived whole; else what went wrong on the way. */
  failure: string;
}

/** How a request is made. */
export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: string | FormData;
  timeoutMs?: number;
  /** Ends it in place of a time. */
  signal?: AbortSignal;
}

/** Makes a request and never throws: a broken or missing answer is an outcome like any other. */
export async function call(url: string, options: CallOptions = {}): Promise<Outcome> {
  const { method = "GET", headers = {}, json, body, timeoutMs = 30_000 } = options;
  const outcome: Outcome = { status: 0, headers: new Headers(), text: "", json: {}, failure: "" };
  try {
    const response = await fetch(url, {
      method,
      headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
      redirect: "manual",
      signal: options.signal ?? AbortSignal.timeout(timeoutMs),
      ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
    });
    outcome.status = response.status;
    outcome.headers = response.headers;
    outcome.text = await response.text();
  } catch (error) {
    outcome.failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const value = parseJson(outcome.text);
  outcome.json = isJsonObject(value) ? value : {};
  return outcome;
}

/** The value at a path of names and places, or undefined when there is none. */
export function at(
  value: JsonValue | undefined,
  ...steps: readonly (string | number)[]
): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const step of steps) {
    if (typeof step === "number") {
      current = Array.isArray(current) ? current.at(step) : undefined;
    } else {
      current = isJsonObject(current) ? current[step] : undefined;
    }
  }
  return current;
}

/** The text at a path; throws when there is none, so that a test fails where it looked. */
export function textAt(value: JsonValue | undefined, ...steps: readonly (string | number)[]): string {
  const found = at(value, ...steps);
  if (typeof found !== "string") {
    throw new Error(`no text at ${steps.join(".")}, but ${JSON.stringify(found)}`);
  }
  return found;
}

/** The list at a path; empty when there is none. */
export function listAt(value: JsonValue | undefined, ...steps: readonly (string | number)[]): JsonValue[] {
  const found = at(value, ...steps);
  return Array.isArray(found) ? found : [];
}
