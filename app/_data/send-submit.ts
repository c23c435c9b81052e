import { type Answer, type ApiRequest, callApi } from "./call-api";
import { isRecord } from "./json";
import type { Problem } from "./problem";
import type { Submit } from "./submit";

export type SubmitResult =
  | { kind: "accepted"; taskId: string }
  /** A definite no: nothing was made and nothing is held. */
  | { kind: "refused"; problem: Problem }
  /** It may have arrived. Sending it again with the same key is safe. `problem`: why nobody would look what became of it. */
  | { kind: "unanswered"; problem?: Problem };

const TRIES_MAX = 4;
const BUDGET_MS = 10_000;
const BACKOFF_MS = [400, 1_200, 2_500] as const;

/** Reasons that more trying within seconds can cure; every other one is the server's answer. */
const PASSING_REASONS: readonly string[] = ["rate_limited", "upstream_unavailable"];

/** Reasons that are given before the key is looked at: they tell nothing of what arrived before. */
const REASONS_BEFORE_KEY: readonly string[] = [
  "unauthenticated",
  "forbidden",
  "invalid_request",
  "payload_too_large",
];

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

/** Sends a submit, up to four times within ten seconds, always with its one key. `isRepeat`: it was sent before. */
export async function sendSubmit(
  { key, body, isRepeat }: Pick<Submit, "key" | "body"> & { isRepeat: boolean },
  world: SubmitWorld = BROWSER,
): Promise<SubmitResult> {
  const startedMs = world.nowMs();
  let mayHaveArrived = isRepeat;
  for (let tries = 1; ; tries++) {
    const answer = await world.call("/api/generate", {
      method: "POST",
      body,
      headers: { "idempotency-key": key },
      isKeptAlive: true,
    });
    const result = readResult(answer, mayHaveArrived);
    mayHaveArrived ||= result.kind === "unanswered";
    const waitMs = Math.max(BACKOFF_MS[tries - 1] ?? 0, retryAfterMs(answer));
    const isLast = tries === TRIES_MAX || world.nowMs() - startedMs + waitMs > BUDGET_MS;
    if (!isPassing(answer) || isLast) {
      return result;
    }
    await world.sleep(waitMs);
  }
}

function readResult(answer: Answer, mayHaveArrived: boolean): SubmitResult {
  switch (answer.kind) {
    case "ok":
      return isRecord(answer.body) && typeof answer.body.id === "string"
        ? { kind: "accepted", taskId: answer.body.id }
        : { kind: "unanswered" };
    case "refused": {
      const { problem } = answer;
      // A server that stumbled may have stumbled after the job was written down.
      if (problem.reason === "internal" || problem.isUnsure) {
        return { kind: "unanswered" };
      }
      return mayHaveArrived && REASONS_BEFORE_KEY.includes(problem.reason)
        ? { kind: "unanswered", problem }
        : { kind: "refused", problem };
    }
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
