"use client";

import { useTranslations } from "next-intl";
import { changeDraft } from "@/app/_composer/draft-store";
import type { Settings } from "@/app/_composer/settings";
import { ChoiceList } from "@/components/ui/choice-list";

const COUNTS = [1, 2, 3, 4] as const;

/** How many pictures at once, as far as the model makes them. */
export function CountPanel({
  model,
  count,
  onDone,
}: Pick<Settings, "model" | "count"> & { onDone: () => void }) {
  const t = useTranslations("composer.count");
  return (
    <>
      <ChoiceList
        label={t("label")}
        className="grid grid-cols-4 gap-1"
        choiceClassName="px-0! text-center numeric"
        chosen={count}
        onChoose={(value) => changeDraft({ count: value })}
        onDone={onDone}
        choices={COUNTS.map((value) => ({
          value,
          content: value,
          isDisabled: value > model.numOutputsMax,
        }))}
      />
      {model.numOutputsMax < COUNTS.length && (
        <p className="px-1 pt-2 text-ink-2">{t("max", { model: model.title, max: model.numOutputsMax })}</p>
      )}
    </>
  );
}
