"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { restoreDraft, useDraft } from "@/app/_composer/draft-store";
import { MARK_SEED } from "@/components/brand/mark-seed";
import { LatentPrint } from "@/components/latent-print/latent-print";

/** Beside the form: the print of what was written before, which is waiting; or the house's own. */
export function WaitingDraft() {
  const t = useTranslations("account");
  const text = useDraft((state) => state.draft.text).trim();
  useEffect(() => restoreDraft(""), []);
  return (
    <figure className="flex flex-col gap-3">
      <div className="aspect-4/5 overflow-hidden rounded-print">
        <LatentPrint
          key={text}
          seed={text === "" ? MARK_SEED : `${text}#0`}
          ratio={0.8}
          {...(text === "" ? {} : { words: text })}
        />
      </div>
      <figcaption className="text-ink-3 text-sm">{text === "" ? t("houseNote") : t("draftNote")}</figcaption>
    </figure>
  );
}
