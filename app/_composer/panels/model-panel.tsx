"use client";

import { useFormatter, useTranslations } from "next-intl";
import { changeDraft } from "@/app/_composer/draft-store";
import { findPurpose } from "@/app/_composer/model-purpose";
import { ChoiceList } from "@/components/ui/choice-list";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";

type ModelPanelProps = {
  model: ImageModelView;
  models: readonly ImageModelView[];
  balance: Balance | null;
  onDone: () => void;
};

/** The models to choose from, each with what there is to know before choosing. */
export function ModelPanel({ model, models, balance, onDone }: ModelPanelProps) {
  const t = useTranslations("composer.model");
  return (
    <ChoiceList
      label={t("label")}
      chosen={model.id}
      onChoose={(id) => changeDraft({ model: id })}
      onDone={onDone}
      choices={models.map((choice) => ({
        value: choice.id,
        content: <ModelRow model={choice} balance={balance} />,
      }))}
    />
  );
}

/** What a model is for, what it costs, how long it takes, and whether it can be used. */
function ModelRow({ model, balance }: { model: ImageModelView; balance: Balance | null }) {
  const t = useTranslations("composer.model");
  const words = useTranslations("models.purpose");
  const format = useFormatter();
  const purpose = findPurpose(model.id);
  return (
    <span className="grid grid-cols-[1fr_auto] gap-x-4">
      <span className="font-medium">{model.title}</span>
      <span className="text-right tabular-nums">
        {model.isFree ? t("free") : t("credits", { credits: model.credits })}
      </span>
      <span className="text-ink-2">{purpose ? words(purpose) : ""}</span>
      <span className="text-right text-ink-3 tabular-nums">
        {t("seconds", { usual: model.usualSeconds, slow: model.slowSeconds })}
      </span>
      {model.isFree && balance && (
        <span className="col-span-2 text-ink-3">
          {t("freeLeft", {
            remaining: balance.freeRemaining,
            limit: balance.freeMonthlyLimit,
            date: format.dateTime(new Date(balance.freeResetsAt), {
              day: "numeric",
              month: "short",
              timeZone: "UTC",
            }),
          })}
        </span>
      )}
      {model.state === "paused" && (
        <span className="col-span-2 text-warn">{t("paused", { why: model.pausedReason ?? "" })}</span>
      )}
    </span>
  );
}
