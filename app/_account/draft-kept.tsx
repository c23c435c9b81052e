"use client";

import { useTranslations } from "next-intl";
import { useDraft } from "@/app/_composer/draft-store";

/** For somebody who has written something before: it is still there. `WaitingDraft` beside it reads the draft. */
export function DraftKept() {
  const t = useTranslations("account");
  const hasText = useDraft((state) => state.draft.text.trim() !== "");
  return hasText && <p>{t("draftKept")}</p>;
}
