import type { ApiRequest } from "./call-api";
import { ProblemError, readApi } from "./problem-error";
import { wait } from "./wait";

const TRIES_MAX = 5;
const DELAY_MS = 1_000;

/**
 * A read among very many, which together may be more than a minute's allowance: waits when the server says so, and after
 * silence. Any other refusal throws, and so does the signal.
 */
export async function readPatiently<Body>(
  path: string,
  guard: (body: unknown) => body is Body,
  request: Pick<ApiRequest, "method" | "body"> & { signal: AbortSignal },
): Promise<Body> {
  for (let failures = 1; ; failures++) {
    try {
      return await readApi(path, guard, request);
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : undefined;
      const isWorthIt = problem === null || problem?.reason === "rate_limited";
      if (!isWorthIt || failures === TRIES_MAX) {
        throw error;
      }
      const seconds = problem?.retryAfterSeconds;
      await wait(seconds == null ? DELAY_MS * 2 ** failures : seconds * 1_000, request.signal);
    }
  }
}
