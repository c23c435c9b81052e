import "server-only";
import type { ErrorEnvelope } from "@/lib/contracts/error";
import { type AppError, ERRORS } from "@/lib/errors";

/** Personal answers are nobody else's, and old ones are nobody's. */
const PRIVATE = { "cache-control": "private, no-store" };

/** A JSON answer. */
export function json(body: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set("cache-control", headers.get("cache-control") ?? PRIVATE["cache-control"]);
  return Response.json(body, { ...init, headers });
}

/** The envelope of an error, with the status its reason has. */
export function errorResponse(error: AppError, requestId: string): Response {
  const { status, code } = ERRORS[error.reason];
  const envelope: ErrorEnvelope = {
    error: error.publicMessage,
    code,
    reason: error.reason,
    requestId,
    ...(error.isPaused ? { isPaused: true } : {}),
    ...(error.isUnsure ? { isUnsure: true } : {}),
    ...(error.issues ? { issues: error.issues } : {}),
  };
  const retryAfter = error.retryAfterSeconds ?? defaultRetryAfter(status);
  return json(envelope, {
    status,
    headers: {
      ...error.headers,
      ...(retryAfter === undefined ? {} : { "retry-after": String(Math.max(1, Math.ceil(retryAfter))) }),
    },
  });
}

function defaultRetryAfter(status: number): number | undefined {
  return status === 429 || status === 503 ? 5 : undefined;
}
