import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { takeRateToken } from "@/db/queries/rate-limits";
import { isDatabaseUnavailable, isTextRefused } from "@/db/queries/step";
import { isPlainText } from "@/lib/contracts/plain-text";
import { AppError, ERRORS, type Issue, toAppError, withoutStatement } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/logger";
import { assertNotPaused } from "@/lib/operators/find-pause";
import { getServices, type Lane, type Services } from "@/lib/services";
import { assertOwnOrigin } from "./own-origin";
import { findPrincipal, type Principal } from "./principal";
import { readBodyText } from "./read-body";
import { errorResponse } from "./respond";

const JSON_BYTES_MAX = 64_000;
/** A request that waits for longer, for a database that does not answer, is told to come back. */
const ANSWER_MS_MAX = 10_000;
const UNAVAILABLE_RETRY_SECONDS = 2;
const SAFE_METHODS = ["GET", "HEAD"];

type AnySchema = z.ZodType | undefined;
type Parsed<Schema extends AnySchema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** Who may ask. To anybody but an operator, an operators' route does not exist. */
type Audience = "user" | "operator" | "anybody";

export type RouteOptions<Auth extends Audience, Body extends AnySchema, Query extends AnySchema> = {
  /** `user`: 401 unless somebody is signed in. `operator`: 404 to all others. `anybody`: no session is looked for. */
  auth: Auth;
  /** Ask the database for the session, not the signed cookie: for what costs money or cannot be undone. */
  isFreshSession?: boolean;
  body?: Body;
  query?: Query;
  /** Takes a token of this allowance per person first. Routes whose own statement takes it leave this out. */
  rate?: keyof Services["policy"]["rateLimits"];
  /** Answers while operators have paused all changes, too: it changes nothing, or looks for pauses itself. */
  isOpenWhilePaused?: boolean;
  /** The connections to the database that its work takes its turn for; those of the routes when absent. */
  lane?: Lane;
  /** For work that has bounds of its own and is no person's to wait for. */
  isUnhurried?: boolean;
};

export type RouteContext<Auth extends Audience, Body extends AnySchema, Query extends AnySchema> = {
  request: Request;
  requestId: string;
  services: Services;
  principal: Auth extends "anybody" ? null : Principal;
  params: Record<string, string>;
  body: Parsed<Body>;
  query: Parsed<Query>;
};

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined> | undefined> },
) => Promise<Response>;

/**
 * The door every route goes through: request id, origin, session, body under a cap and through its schema, rate, then
 * the handler; whatever is thrown becomes the envelope of its reason and one log line.
 */
export function route<
  Auth extends Audience,
  Body extends AnySchema = undefined,
  Query extends AnySchema = undefined,
>(
  options: RouteOptions<Auth, Body, Query>,
  handle: (context: RouteContext<Auth, Body, Query>) => Promise<Response>,
): Handler {
  return async (request, { params }) => {
    const requestId = newId("request");
    const startedMs = performance.now();
    async function answer(): Promise<Response> {
      const services = getServices(options.lane);
      const principal = await authenticate(request, options);
      if (principal && isChange(request, options)) {
        await assertNotPaused(services, "changes");
      }
      if (options.rate && principal) {
        await spendRateToken(services, options.rate, principal);
      }
      const context = {
        request,
        requestId,
        services,
        principal,
        params: toStringParams(await params),
        body: options.body ? await parseBody(request, options.body) : undefined,
        query: options.query ? parseQuery(request, options.query) : undefined,
      } as RouteContext<Auth, Body, Query>;
      return handle(context);
    }
    try {
      const response = await (options.isUnhurried ? answer() : withinTime(answer()));
      response.headers.set("x-request-id", requestId);
      return response;
    } catch (thrown) {
      unstable_rethrow(thrown);
      const error = thrown instanceof AppError ? thrown : readFault(thrown);
      logFailure(error, {
        requestId,
        method: request.method,
        path: new URL(request.url).pathname,
        startedMs,
      });
      const response = errorResponse(error, requestId);
      response.headers.set("x-request-id", requestId);
      return response;
    }
  };
}

/** What goes on after the answer is harmless: each step happens once, whoever hears of it. */
async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable("no answer in time")), ANSWER_MS_MAX);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function readFault(thrown: unknown): AppError {
  if (isDatabaseUnavailable(thrown)) {
    return unavailable("the database is not available", withoutStatement(thrown));
  }
  if (isTextRefused(thrown)) {
    return new AppError("invalid_request", "a text that PostgreSQL cannot keep");
  }
  return toAppError(thrown);
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError("upstream_unavailable", message, {
    publicMessage: "The service isn't available right now. Try again shortly.",
    retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
    // The statement may have been carried out, and only its answer been lost.
    isUnsure: true,
    cause,
  });
}

async function authenticate(
  request: Request,
  options: { auth: Audience; isFreshSession?: boolean },
): Promise<Principal | null> {
  if (options.auth === "anybody") {
    return null;
  }
  if (options.auth === "operator") {
    const operator = await findPrincipal(request.headers, { isFresh: true });
    if (operator?.role !== "operator") {
      throw new AppError("not_found", "not an operator");
    }
    assertOwnOrigin(request);
    return operator;
  }
  if (!SAFE_METHODS.includes(request.method)) {
    assertOwnOrigin(request);
  }
  const principal = await findPrincipal(request.headers, { isFresh: options.isFreshSession ?? false });
  if (!principal) {
    throw new AppError("unauthenticated", "no session");
  }
  return principal;
}

function isChange(request: Request, options: { auth: Audience; isOpenWhilePaused?: boolean }): boolean {
  return options.auth === "user" && !options.isOpenWhilePaused && !SAFE_METHODS.includes(request.method);
}

async function spendRateToken(
  services: Services,
  rate: keyof Services["policy"]["rateLimits"],
  principal: Principal,
): Promise<void> {
  const allowance = services.policy.rateLimits[rate];
  const waitSeconds = await takeRateToken(services.db, { key: `${rate}:${principal.userId}`, ...allowance });
  if (waitSeconds > 0) {
    throw new AppError("rate_limited", `no ${rate} token`, { retryAfterSeconds: waitSeconds });
  }
}

async function parseBody(request: Request, schema: z.ZodType): Promise<unknown> {
  const text = await readBodyText(request, JSON_BYTES_MAX);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", "the body is not JSON", {
      issues: [{ path: "", message: "must be JSON" }],
      cause,
    });
  }
  return parseWith(schema, value);
}

function parseQuery(request: Request, schema: z.ZodType): unknown {
  return parseWith(schema, Object.fromEntries(new URL(request.url).searchParams));
}

function parseWith(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw invalidRequest(parsed.error.issues.flatMap(toIssues));
  }
  return parsed.data;
}

function toIssues(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      message: "is not a field of this request",
    }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

/** A 400 that names what is wrong where. */
export function invalidRequest(issues: Issue[]): AppError {
  const first = issues[0];
  return new AppError("invalid_request", "the request is not valid", {
    issues,
    ...(first
      ? { publicMessage: `The request is not valid: ${first.path || "body"} ${first.message}.` }
      : {}),
  });
}

/** A route without a dynamic part is called with no params at all. */
function toStringParams(
  params: Record<string, string | string[] | undefined> | undefined,
): Record<string, string> {
  const entries = Object.entries(params ?? {}).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join("/") : (value ?? ""),
  ]);
  if (!entries.every(([, value]) => isPlainText(value))) {
    throw new AppError("not_found", "nothing has such an address");
  }
  return Object.fromEntries(entries);
}

function logFailure(
  error: AppError,
  facts: { requestId: string; method: string; path: string; startedMs: number },
): void {
  const { startedMs, ...rest } = facts;
  const fields = {
    ...rest,
    reason: error.reason,
    ...error.context,
    ms: Math.round(performance.now() - startedMs),
  };
  if (ERRORS[error.reason].status >= 500) {
    log().error({ ...fields, err: error }, "request.failed");
  } else {
    log().info({ ...fields, why: error.message }, "request.refused");
  }
}
