import { useTranslations } from "next-intl";
import type { Problem } from "@/app/_data/problem";
import { findKnownReason } from "./problem-words";

/** A refusal in one sentence that needs no facts but its own. Of the server's words only the operators' are told. */
export function ProblemSentence({ problem }: { problem: Problem }) {
  const t = useTranslations("problem");
  const known = problem.isPaused ? "paused" : findKnownReason(problem.reason);
  return known
    ? t(`reason.${known}`, { seconds: problem.retryAfterSeconds ?? 0, message: problem.message })
    : t("other", { code: problem.requestId?.slice(-8) ?? "" });
}
