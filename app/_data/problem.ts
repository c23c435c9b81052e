import { isRecord } from "./json";

/** A refusal by the server, as the screens need it. They have their own words for each `reason`. */
export type Problem = {
  reason: string;
  /** The server's sentence: the operators' own when they have paused what was asked for, English otherwise. */
  message: string;
  isPaused: boolean;
  /** It may have been done all the same. */
  isUnsure: boolean;
  requestId: string | null;
  issues: { path: string; message: string }[];
  retryAfterSeconds: number | null;
};

/** The error envelope of an answer, or null when the body is none (a proxy's page, say). */
export function readProblem(body: unknown, headers: Headers): Problem | null {
  if (!isRecord(body) || typeof body.reason !== "string") {
    return null;
  }
  const retryAfter = Number(headers.get("retry-after") ?? Number.NaN);
  const issues: readonly unknown[] = Array.isArray(body.issues) ? body.issues : [];
  return {
    reason: body.reason,
    message: typeof body.error === "string" ? body.error : "",
    isPaused: body.isPaused === true,
    isUnsure: body.isUnsure === true,
    requestId: typeof body.requestId === "string" ? body.requestId : null,
    issues: issues.flatMap((issue) =>
      isRecord(issue) && typeof issue.path === "string" && typeof issue.message === "string"
        ? [{ path: issue.path, message: issue.message }]
        : [],
    ),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  };
}
