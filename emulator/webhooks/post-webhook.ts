import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as pause } from "node:timers/promises";

/** What one try brought: a status, or the reason why there is none. */
export interface PostOutcome {
  status: number | undefined;
  error: string;
  milliseconds: number;
}

// Upstream asks for an answer "within a few seconds".
const ANSWER_TIMEOUT_MS = 10_000;
const SLOW_PIECES = 8;
const SLOW_PAUSE_MS = 400;

/**
 * Posts bytes once. Redirects are not followed and self-signed certificates fail, as upstream's do.
 * The caller has made sure that the address is this machine's.
 */
export async function postWebhook(options: {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  isSlow: boolean;
}): Promise<PostOutcome> {
  const startedMs = performance.now();
  const { promise, resolve } = Promise.withResolvers<{ status: number | undefined; error: string }>();
  const send = options.url.startsWith("https:") ? httpsRequest : httpRequest;
  const request = send(options.url, {
    method: "POST",
    headers: { "user-agent": "Replicate/1.0", "content-length": options.body.length, ...options.headers },
    agent: false,
  });
  const timer = setTimeout(() => request.destroy(new Error("no answer in time")), ANSWER_TIMEOUT_MS);
  request.on("response", (response) => {
    response.resume();
    resolve({ status: response.statusCode, error: "" });
  });
  request.on("error", (error) => resolve({ status: undefined, error: error.message }));
  if (options.isSlow) {
    await writeSlowly(request, options.body);
  } else {
    request.end(options.body);
  }
  const outcome = await promise;
  clearTimeout(timer);
  return { ...outcome, milliseconds: Math.round(performance.now() - startedMs) };
}

async function writeSlowly(request: ReturnType<typeof httpRequest>, body: Buffer): Promise<void> {
  const step = Math.max(1, Math.ceil(body.length / SLOW_PIECES));
  for (let offset = 0; offset < body.length && !request.destroyed; offset += step) {
    request.write(body.subarray(offset, offset + step));
    await pause(SLOW_PAUSE_MS);
  }
  request.end();
}
