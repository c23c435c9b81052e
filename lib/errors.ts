/**
 * Every way a request can end badly. The table is the only list: statuses, wire codes, retry advice and the sentence a
 * person reads all derive from it. `retry` tells a client whether the same request may succeed later.
 */
export const ERRORS = {
  unauthenticated: { status: 401, code: 401, retry: "never", publicMessage: "Sign in to go on." },
  forbidden: { status: 403, code: 403, retry: "never", publicMessage: "This is not allowed." },
  not_found: { status: 404, code: 404, retry: "never", publicMessage: "There is nothing here." },
  method_not_allowed: { status: 405, code: 405, retry: "never", publicMessage: "This cannot be asked here." },
  invalid_request: { status: 400, code: 400, retry: "never", publicMessage: "The request is not valid." },
  payload_too_large: { status: 413, code: 413, retry: "never", publicMessage: "The request is too large." },
  insufficient_credits: {
    status: 402,
    code: 1000402,
    retry: "never",
    publicMessage: "There are not enough credits.",
  },
  monthly_limit: {
    status: 403,
    code: 1000403,
    retry: "never",
    publicMessage: "This month's free pictures are used up.",
  },
  price_changed: {
    status: 409,
    code: 409,
    retry: "never",
    publicMessage: "The price has changed.",
  },
  idempotency_conflict: {
    status: 422,
    code: 422,
    retry: "never",
    publicMessage: "This Idempotency-Key was used for another request.",
  },
  content_blocked: {
    status: 422,
    code: 422,
    retry: "never",
    publicMessage: "This prompt isn't allowed here.",
  },
  rate_limited: {
    status: 429,
    code: 429,
    retry: "later",
    publicMessage: "Too many requests. Try again shortly.",
  },
  too_many_running: {
    status: 429,
    code: 429,
    retry: "later",
    publicMessage: "Too many pictures are in the making. Wait for one to finish.",
  },
  model_paused: { status: 503, code: 503, retry: "later", publicMessage: "This model is paused." },
  upstream_unavailable: {
    status: 503,
    code: 503,
    retry: "later",
    publicMessage: "The image service isn't available right now. Try again shortly.",
  },
  internal: { status: 500, code: 500, retry: "later", publicMessage: "Something went wrong on our side." },
} as const satisfies Record<
  string,
  { status: number; code: number; retry: "never" | "later"; publicMessage: string }
>;

export type ErrorReason = keyof typeof ERRORS;

/** One thing wrong with a request: where (`seed`, `numOutputs`) and what. */
export type Issue = { path: string; message: string };

export type AppErrorOptions = {
  /** What the person reads, when the table's sentence can be more exact. */
  publicMessage?: string;
  issues?: Issue[];
  /** Operators have paused what was asked for, and the public message is their sentence. */
  isPaused?: boolean;
  /** It may have been done all the same. */
  isUnsure?: boolean;
  retryAfterSeconds?: number;
  /** Further headers of the answer. */
  headers?: Record<string, string>;
  /** For operators' logs: no secrets, no prompts. */
  context?: Record<string, string | number | boolean | null>;
  cause?: unknown;
};

/**
 * Whether something thrown is an error of this name. The services are made once a process and may throw what another
 * bundle's copy of a class would not know as its own.
 */
export function isErrorNamed(value: unknown, name: string): boolean {
  return value instanceof Error && value.name === name;
}

/** Ends a request. `message` is for operators, `publicMessage` for people. */
export class AppError extends Error {
  readonly reason: ErrorReason;
  readonly publicMessage: string;
  readonly issues: Issue[] | undefined;
  readonly isPaused: boolean;
  readonly isUnsure: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Record<string, string>;
  readonly context: Record<string, string | number | boolean | null>;

  constructor(reason: ErrorReason, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.reason = reason;
    this.publicMessage = options.publicMessage ?? ERRORS[reason].publicMessage;
    this.issues = options.issues;
    this.isPaused = options.isPaused ?? false;
    this.isUnsure = options.isUnsure ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
    this.context = options.context ?? {};
  }

  /** By name: Next bundles instrumentation and routes apart, so one process has this class twice. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isErrorNamed(value, "AppError");
  }
}

/** What a driver said, in place of the error that quotes the statement with its values (Drizzle's). */
export function withoutStatement(thrown: unknown): unknown {
  return thrown instanceof Error && "query" in thrown && "params" in thrown
    ? withoutStatement(thrown.cause)
    : thrown;
}

/** Anything thrown, as an AppError; what is not one already is `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) {
    return thrown;
  }
  const cause = withoutStatement(thrown);
  return new AppError("internal", cause instanceof Error ? cause.message : "something was thrown", { cause });
}
