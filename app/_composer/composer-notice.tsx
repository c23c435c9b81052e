"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { useLoaded } from "@/components/ui/use-loaded";
import type { ImageModelView } from "@/lib/contracts/models";
import { setNotice, useNotice } from "./notice-store";
import { ProblemSentence } from "./problem-sentence";

const loadDetails = () => import("./problem-details");

/** What the server said to the last press, in the reader's language, with what to do next. */
export function ComposerNotice({ models }: { models: ImageModelView[] }) {
  const t = useTranslations("problem");
  const { problem, body } = useNotice();
  const details = useLoaded(problem !== null, loadDetails);
  if (!problem) {
    return null;
  }
  return (
    <div
      role="alert"
      className="flex w-full animate-appear items-start gap-2 border-line border-t bg-bad-soft py-1 pr-1 pl-4 text-sm"
    >
      <div className="flex-1 py-1.5">
        {details ? (
          <details.ProblemDetails problem={problem} body={body} models={models} />
        ) : (
          <ProblemSentence problem={problem} />
        )}
      </div>
      <IconButton icon={X} label={t("dismiss")} onClick={() => setNotice(null)} />
    </div>
  );
}
