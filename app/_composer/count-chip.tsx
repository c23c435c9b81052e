"use client";

import { useTranslations } from "next-intl";
import { LazyPanelButton } from "@/components/ui/panel-button";
import { Chip } from "./chip";
import type { Settings } from "./settings";

const loadPanel = async () => (await import("./panels/count-panel")).CountPanel;

export function CountChip({ model, count }: Pick<Settings, "model" | "count">) {
  const t = useTranslations("composer.count");
  return (
    <LazyPanelButton
      label={t("label")}
      load={loadPanel}
      className="w-64"
      trigger={(trigger) => (
        <Chip data-field="numOutputs" aria-label={t("chip", { count })} {...trigger}>
          <span className="numeric">×{count}</span>
        </Chip>
      )}
    >
      {(close, CountPanel) => <CountPanel model={model} count={count} onDone={close} />}
    </LazyPanelButton>
  );
}
