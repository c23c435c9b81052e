"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Problem } from "@/app/_data/problem";
import { IconButton } from "@/components/ui/icon-button";
import { useLoaded } from "@/components/ui/use-loaded";
import { setNotice, useNotice } from "./notice-store";
import { findKnownReason } from "./problem-words";

const loadStep = () => import("./next-step");

/** What the server said to the last press, in the reader's language, with what to do next. */
export function ComposerNotice() {
  const t = useTranslations("problem");
  const problem = useNotice((state) => state.problem);
  const step = useLoaded(problem !== null, loadStep);
  if (!problem) {
    return null;
  }
  return (
    <div
      role="alert"
      className="flex w-full animate-appear items-start gap-2 border-line border-t bg-bad-soft py-1 pr-1 pl-4 text-sm"
    >
      <p className="flex-1 py-1.5">
        <ProblemSentence problem={problem} />
        {step && <step.NextStep problem={problem} />}
      </p>
      <IconButton icon={X} label={t("dismiss")} onClick={() => setNotice(null)} />
    </div>
  );
}

function ProblemSentence({ problem }: { problem: Problem }) {
  const t = useTranslations("problem");
  const known = findKnownReason(problem.reason);
  if (known) {
    return t(`reason.${known}`, {
      seconds: problem.retryAfterSeconds ?? 0,
      message: problem.message,
    });
  }
  const code = problem.requestId?.slice(-8) ?? "";
  return problem.issues.length > 0
    ? t("invalid", { details: problem.issues.map(({ path, message }) => `${path}: ${message}`).join("; ") })
    : t("other", { message: problem.message, code });
}
