import type { Answer } from "./call-api";

/** The operators' sentence, when they have paused what was asked for; null for every other answer. */
export function pauseOf(answer: Answer): string | null {
  return answer.kind === "refused" && answer.problem.isPaused ? answer.problem.message : null;
}
