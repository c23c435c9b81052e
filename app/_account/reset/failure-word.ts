import type { AuthAnswer } from "@/app/_account/call-auth";

/** Why nothing came of a request, as a word of `account.error`. */
export function failureWord(answer: Exclude<AuthAnswer, { kind: "ok" }>): "unanswered" | "tooMany" | "other" {
  if (answer.kind === "unanswered") {
    return "unanswered";
  }
  return answer.status === 429 ? "tooMany" : "other";
}
