import { jsonReply, type Reply } from "../core/reply.ts";
import type { InvalidField } from "./validate-input.ts";

const PROBLEM = { "content-type": "application/problem+json" } as const;

/** 401 in the recorded shape: problem+json with title, detail and status, no type. */
export function unauthenticated(hasToken: boolean): Reply {
  const detail = hasToken
    ? "You did not pass a valid authentication token"
    : "You did not pass an authentication token";
  return jsonReply(401, { title: "Unauthenticated", detail, status: 401 }, PROBLEM);
}

/** 404 as recorded: detail and status, without a title. */
export function notFound(detail = "The requested resource could not be found."): Reply {
  return jsonReply(404, { detail, status: 404 }, PROBLEM);
}

/** 422 for a body or an input that does not fit, with one line of detail a field. */
export function invalidInput(fields: readonly InvalidField[]): Reply {
  const detail = fields
    .map(({ field, description }) => (field === "" ? `- ${description}\n` : `- ${field}: ${description}\n`))
    .join("");
  return jsonReply(
    422,
    {
      detail,
      status: 422,
      title: "Input validation failed",
      invalid_fields: fields.map((field) => ({ ...field })),
    },
    PROBLEM,
  );
}

/** 422 for a version nobody has, in the observed words. */
export function invalidVersion(): Reply {
  return jsonReply(
    422,
    {
      title: "Invalid version or not permitted",
      detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
      status: 422,
    },
    PROBLEM,
  );
}

/**
 * 429. The older body has only the sentence; the newer one repeats status and seconds in `retry_after`.
 * Whether a Retry-After header comes with it is not documented.
 */
export function throttled(options: {
  resetSeconds: number;
  hasBodySeconds?: boolean;
  hasHeader?: boolean;
  isLowCredit?: boolean;
}): Reply {
  const seconds = Math.max(1, Math.ceil(options.resetSeconds));
  const reason =
    options.isLowCredit === true
      ? " Your rate limit for creating predictions is reduced to 6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit."
      : "";
  const detail = `Request was throttled.${reason} Your rate limit resets in ~${seconds}s.`;
  const body = options.hasBodySeconds === false ? { detail } : { detail, status: 429, retry_after: seconds };
  return jsonReply(429, body, {
    ...PROBLEM,
    "ratelimit-remaining": "0",
    "ratelimit-reset": String(seconds),
    ...(options.hasHeader === true ? { "retry-after": String(seconds) } : {}),
  });
}
