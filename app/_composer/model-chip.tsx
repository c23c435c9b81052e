"use client";

import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { Balance } from "@/lib/contracts/credits";
import type { ImageModelView } from "@/lib/contracts/models";
import { Chip } from "./chip";
import { shortTitle } from "./short-title";

const loadPanel = async () => (await import("./panels/model-panel")).ModelPanel;

type ModelChipProps = { model: ImageModelView; models: readonly ImageModelView[]; balance: Balance | null };

export function ModelChip({ model, models, balance }: ModelChipProps) {
  const t = useTranslations("composer.model");
  return (
    <LazyPanelButton
      label={t("label")}
      load={loadPanel}
      className="w-96"
      trigger={(trigger) => (
        <Chip data-field="model" aria-label={t("chip", { model: model.title })} {...trigger}>
          {shortTitle(model)}
        </Chip>
      )}
    >
      {(close, ModelPanel) => <ModelPanel model={model} models={models} balance={balance} onDone={close} />}
    </LazyPanelButton>
  );
}
