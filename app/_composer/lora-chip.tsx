"use client";

import { useFormatter, useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import type { ImageModelView } from "@/lib/contracts/models";
import { Chip } from "./chip";
import type { Draft } from "./draft";
import type { LoraChoice } from "./studio-facts";

const loadPanel = async () => (await import("./panels/lora-panel")).LoraPanel;

type LoraChipProps = {
  model: ImageModelView;
  models: readonly ImageModelView[];
  loras: LoraChoice[];
} & Pick<Draft, "loraName" | "loraScale">;

/** The style, grey with a model that takes none: the panel says why then. */
export function LoraChip({ model, models, loras, loraName, loraScale }: LoraChipProps) {
  const t = useTranslations("composer.lora");
  const format = useFormatter();
  const name = loras.find(({ id }) => id === loraName)?.title ?? loraName;
  const scale = format.number(loraScale, { maximumFractionDigits: 2 });
  return (
    <LazyPanelButton
      label={t("label")}
      load={loadPanel}
      trigger={(trigger) => (
        <Chip
          data-field="loraName"
          aria-label={name === null ? t("chipNone") : t("chip", { name, scale })}
          {...trigger}
          {...(model.takesLora
            ? {}
            : { "aria-disabled": true, title: t("notTaken", { model: model.title }) })}
        >
          {name === null ? t("none") : name}{" "}
          {name !== null && <span className="numeric text-ink-3">{scale}</span>}
        </Chip>
      )}
    >
      {(close, LoraPanel) => (
        <LoraPanel
          model={model}
          models={models}
          loras={loras}
          loraName={loraName}
          loraScale={loraScale}
          onDone={close}
        />
      )}
    </LazyPanelButton>
  );
}
