import { type Answer, type ApiRequest, callApi } from "./call-api";
import type { Problem } from "./problem";

/** A read that did not succeed, for queries: `problem` is null when there was no answer. */
export class ProblemError extends Error {
  readonly problem: Problem | null;

  constructor(problem: Problem | null) {
    super(problem?.message ?? "The server did not answer.");
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** A read whose body passes `guard`; throws ProblemError otherwise. */
export async function readApi<Body>(
  path: string,
  guard: (body: unknown) => body is Body,
  request: Pick<ApiRequest, "signal" | "method" | "body"> = {},
): Promise<Body> {
  const answer: Answer = await callApi(path, request);
  if (answer.kind === "ok" && guard(answer.body)) {
    return answer.body;
  }
  throw new ProblemError(answer.kind === "refused" ? answer.problem : null);
}
