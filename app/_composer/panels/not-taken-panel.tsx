"use client";

import { useFormatter, useTranslations } from "next-intl";
import { changeDraft } from "@/app/_composer/draft-store";
import { listTakers } from "@/app/_composer/list-takers";
import { Button } from "@/components/ui/button";
import { SentenceGap } from "@/components/ui/sentence-gap";
import type { ImageModelView } from "@/lib/contracts/models";

const TAKES = { lora: "takesLora", reference: "takesInputImage" } as const;

export type NotTakenPanelProps = {
  setting: keyof typeof TAKES;
  model: ImageModelView;
  models: readonly ImageModelView[];
  onDone: () => void;
};

/** That a setting does nothing with this model, which models take it, and the way to the cheapest of them. */
export function NotTakenPanel({ setting, model, models, onDone }: NotTakenPanelProps) {
  const t = useTranslations("composer");
  const format = useFormatter();
  const takers = listTakers(models, TAKES[setting]);
  const [cheapest] = takers;
  return (
    <div className="space-y-3 p-1">
      <p>
        {t(`${setting}.notTaken`, { model: model.title })}
        <SentenceGap />
        {cheapest &&
          t("takers", { models: format.list(takers.map(({ title }) => title)), count: takers.length })}
      </p>
      {cheapest && (
        <Button
          size="small"
          onClick={() => {
            changeDraft({ model: cheapest.id });
            onDone();
          }}
        >
          {t("useModel", { model: cheapest.title })}
        </Button>
      )}
    </div>
  );
}
