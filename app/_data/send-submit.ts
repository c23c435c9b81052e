import { type Answer, type ApiRequest, callApi } from "./call-api";
import { isRecord } from "./json";
import type { Problem } from "./problem";
import type { Submit } from "./submit";

export type SubmitResult =
  | { kind: "accepted"; taskId: string }
  /** A definite no: nothing was made and nothing is held. */
  | { kind: "refused"; problem: Problem }
  /** It may have arrived. Sending it again with the same key is safe. */
  | { kind: "unanswered" };

const TRIES_MAX = 4;
const BUDGET_MS = 10_000;
const BACKOFF_MS = [400, 1_200, 2_500] as const;

/** Reasons that more trying within seconds can cure; every other one is the server's answer. */
const PASSING_REASONS: readonly string[] = ["rate_limited", "upstream_unavailable"];

export type SubmitWorld = {
  call: (path: string, request: ApiRequest) => Promise<Answer>;
  sleep: (milliseconds: number) => Promise<void>;
  nowMs: () => number;
};

const BROWSER: SubmitWorld = {
  call: callApi,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  nowMs: () => performance.now(),
};

/** Sends a submit, up to four times within ten seconds, always with its one key. */
export async function sendSubmit(
  { key, body }: Pick<Submit, "key" | "body">,
  world: SubmitWorld = BROWSER,
): Promise<SubmitResult> {
  const startedMs = world.nowMs();
  for (let tries = 1; ; tries++) {
    const answer = await world.call("/api/generate", {
      method: "POST",
      body,
      headers: { "idempotency-key": key },
      isKeptAlive: true,
    });
    const result = readResult(answer);
    const waitMs = Math.max(BACKOFF_MS[tries - 1] ?? 0, retryAfterMs(answer));
    const isLast = tries === TRIES_MAX || world.nowMs() - startedMs + waitMs > BUDGET_MS;
    if (!isPassing(answer) || isLast) {
      return result;
    }
    await world.sleep(waitMs);
  }
}

function readResult(answer: Answer): SubmitResult {
  switch (answer.kind) {
    case "ok":
      return isRecord(answer.body) && typeof answer.body.id === "string"
        ? { kind: "accepted", taskId: answer.body.id }
        : { kind: "unanswered" };
    case "refused":
      // A server that stumbled may have stumbled after the job was written down.
      return answer.problem.reason === "internal" || answer.problem.isUnsure
        ? { kind: "unanswered" }
        : { kind: "refused", problem: answer.problem };
    case "unanswered":
      return { kind: "unanswered" };
  }
}

function isPassing(answer: Answer): boolean {
  return (
    answer.kind === "unanswered" ||
    (answer.kind === "refused" && PASSING_REASONS.includes(answer.problem.reason))
  );
}

function retryAfterMs(answer: Answer): number {
  return answer.kind === "refused" ? (answer.problem.retryAfterSeconds ?? 0) * 1000 : 0;
}
