"use client";

import { useTranslations } from "next-intl";
import type { Draft } from "@/app/_composer/draft";
import { changeDraft } from "@/app/_composer/draft-store";
import { ChoiceList } from "@/components/ui/choice-list";

const AUDIENCES = ["private", "link"] as const;

/** Who will see the pictures, each as a sentence. */
export function AudiencePanel({ isPrivate, onDone }: Pick<Draft, "isPrivate"> & { onDone: () => void }) {
  const t = useTranslations("audience");
  return (
    <ChoiceList
      label={t("label")}
      chosen={isPrivate ? "private" : "link"}
      onChoose={(value) => changeDraft({ isPrivate: value === "private" })}
      onDone={onDone}
      choices={AUDIENCES.map((value) => ({
        value,
        content: (
          <>
            <span className="block font-medium">{t(`${value}.name`)}</span>
            <span className="block text-ink-2">{t(`${value}.sentence`)}</span>
          </>
        ),
      }))}
    />
  );
}
